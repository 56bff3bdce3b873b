import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { expect, test } from 'vitest';
import { markdownCode } from '../../src/release/text/markdown-text.ts';
import { proseWithCode } from '../../src/release/text/prose.ts';

test.each([
  ['auth-service is missing from v1.4.0', 'auth-service is missing from `v1.4.0`'],
  ['before (v1.3.0, v1.2.0); last seen in v1.3.0.', 'before (`v1.3.0`, `v1.2.0`); last seen in `v1.3.0`.'],
  ['by its row “backend#*”; done', 'by its row “`backend#*`”; done'],
  ['1 of 3 replicas are ready.', '1 of 3 replicas are ready.'],
  ['@team <img src=x> www.evil.example', '`@team` `<img` `src=x>` `www.evil.example`'],
  ['a_b_c *x* :smile: #12 ![x](y)', '`a_b_c` `*x*` `:smile`: `#12` `![x](y`)'],
])('%j', (sentence, written) => {
  expect(proseWithCode(sentence, markdownCode)).toBe(written);
});

test('whatever stands in it, Markdown makes nothing but text and code of it', () => {
  const hostile = fc.array(
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '![x](https://evil.example)',
        '<script>',
        '[a](javascript:x)',
        '@team',
        '**',
        '`',
        '|',
        '\n# x',
        '(a',
        '~~',
      ),
    ),
  );
  fc.assert(
    fc.property(hostile, (parts) => {
      const html = renderToStaticMarkup(
        createElement(Markdown, { remarkPlugins: [remarkGfm] }, `- x: ${proseWithCode(parts.join(' '), markdownCode)}`),
      );
      expect([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name)).toEqual(expect.arrayContaining(['ul', 'li']));
      expect(html.replaceAll(/<\/?(?:ul|li|p|code)>/g, '')).not.toMatch(/<[a-z]/i);
    }),
  );
});

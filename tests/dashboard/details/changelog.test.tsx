import { render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Changelog } from '../../../src/dashboard/details/Changelog.tsx';
import { whyPlain } from '../../../src/dashboard/details/markdown-caps.ts';

/** Draws a changelog as Markdown: the line at its end tells when the parser has come and done its work. */
async function markdown(text: string): Promise<HTMLElement> {
  render(<Changelog text={`${text}\n\n# The end`} ofWhich="" />);
  const box = screen.getByRole('region', { name: 'Changelog' });
  await within(box).findByRole('heading', { name: 'The end' });
  return box;
}

/** What runs, loads or leads away. */
const ACTIVE =
  'script, img, iframe, object, embed, style, link, base, form, input, button, meta, svg:not([aria-hidden]), video, audio, source, [srcdoc], [onload], [onerror], [onclick], [style*="url"]';

const linksOf = (box: HTMLElement) =>
  within(box)
    .queryAllByRole('link')
    .map((link) => link.getAttribute('href'));

describe('a changelog', () => {
  it('is laid out as Markdown, with GitHub’s tables and lists of tasks', async () => {
    const box = await markdown(
      '# 1.4\n\n- **faster** by `2x`\n- [x] done\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nSee [the run](https://ci.example/1) and https://example.com/x',
    );
    expect(within(box).getByRole('heading', { name: '1.4' })).toBeVisible();
    expect(
      within(box)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['faster by 2x', '☑ done']);
    expect(
      within(box)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['1', '2']);
    expect(linksOf(box)).toEqual(['https://ci.example/1', 'https://example.com/x']);
    for (const link of within(box).getAllByRole('link')) {
      expect([link.getAttribute('rel'), link.getAttribute('target')]).toEqual(['noopener noreferrer', '_blank']);
    }
    expect(box).toHaveTextContent('the run ci.example and https://example.com/xThe end');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<iframe src="javascript:alert(1)">',
    '<object data="data:text/html,<script>alert(1)</script>">',
    '<embed src="javascript:alert(1)">',
    '<style>*{display:none}</style>',
    '<link rel=stylesheet href=https://evil.example/x.css>',
    '<base href="https://evil.example/">',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<form action="https://evil.example/"><button>x</button></form>',
    '<input autofocus onfocus=alert(1)>',
    '<video src=x onerror=alert(1)>',
    '<audio src=x onerror=alert(1)>',
    '<details open ontoggle=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<div style="background:url(https://evil.example/x)">x</div>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '![x](https://evil.example/p.png)',
    '![x][y]\n\n[y]: https://evil.example/p.png',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '![x](javascript:alert(1))',
    '[![x](https://evil.example/p.png)](javascript:alert(1))',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x][y]\n\n[y]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:msgbox(1))',
    '[x](file:///etc/passwd)',
    '[x](vscode://file/etc/passwd)',
    '[x](ms-word:ofe|u|https://evil.example)',
    '[x](blob:https://evil.example/1)',
    '[x](//evil.example)',
    '[x](\\\\evil.example)',
    '[x](https://github.com@evil.example)',
    '[x](http://evil.example)',
    '[x](/__release-matrix/credentials)',
    '[x](#x)',
    '[x](?view=findings)',
    `[x](https://evil.example/${'a'.repeat(9_000)})`,
    'www.evil.example',
    'x@evil.example',
    'a[^1]\n\n[^1]: note',
  ])('I23: holds %j without running, loading or leading anywhere', async (payload) => {
    const box = await markdown(payload);
    expect(box.querySelectorAll(ACTIVE)).toHaveLength(0);
    expect(document.head.querySelectorAll('link, script, base, meta[http-equiv]')).toHaveLength(0);
    expect(linksOf(box)).toEqual([]);
  });

  it.each([
    ['![a cat](https://evil.example/p.png)', '[image: a cat]'],
    ['![](https://evil.example/p.png)', '[image: without words]'],
    ['[text](javascript:alert(1))', 'text not a link'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['exe.\u202etxt', 'exe.⟨U+202E⟩txt'],
  ])('I27: shows %j as %j', async (text, shown) => {
    expect((await markdown(text)).textContent).toBe(`${shown}The end`);
  });

  it('I25: shows where a look-alike address really leads', async () => {
    const box = await markdown('[x](https://gіthub.com/a)');
    expect(linksOf(box)).toEqual(['https://xn--gthub-n2e.com/a']);
    expect(box).toHaveTextContent('x xn--gthub-n2e.com');
  });

  it.each<[string, string, ReturnType<typeof whyPlain>]>([
    ['an ordinary one', '# 1.4\n\n- faster, see [a](https://example.com) and **b**\n'.repeat(100), null],
    ['I20: 5,000 quotes', '>'.repeat(5_000), 'deep'],
    ['quotes with blanks', '> '.repeat(60), 'deep'],
    [
      'I21: a list in a list, 632 times',
      Array.from({ length: 632 }, (_, at) => `${' '.repeat(at * 2)}- x`).join('\n'),
      'long',
    ],
    ['a list in a list, 60 times', Array.from({ length: 60 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n'), 'deep'],
    ['lists in one line', '- '.repeat(60), 'deep'],
    ['I21: 64 kB of open links', '[a](b'.repeat(13_000), 'long'],
    ['16 kB of open links', '[a](b'.repeat(3_200), 'dense'],
    ['16 kB of brackets', '['.repeat(16_000), 'dense'],
    ['16 kB of emphasis', '*a_ '.repeat(4_000), 'dense'],
    ['16 kB of addresses', 'www.a.b '.repeat(2_000), 'dense'],
    ['16 kB, of which one letter takes two bytes', 'é'.repeat(8_193), 'long'],
  ])('%s is drawn as Markdown, or stays text', async (_, text, reason) => {
    expect(whyPlain(text)).toBe(reason);
    if (reason === null) return;
    render(<Changelog text={text} ofWhich="" />);
    const box = screen.getByRole('region', { name: 'Changelog' });
    await waitFor(() => expect(box).toHaveTextContent(/^Shown as written: /));
    expect(box.textContent).toContain(text.slice(0, 100));
    expect(box.querySelector('ul, blockquote, em, a')).toBeNull();
  });
});

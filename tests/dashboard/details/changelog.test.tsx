import { render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Changelog } from '../../../src/dashboard/details/EntrySection.tsx';
import { PLAIN_WORDS, type PlainReason } from '../../../src/dashboard/elements/markdown-caps.ts';

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

  it.each([
    ['[https://github.com/login?next=evil.example](https://evil.example/)', 'evil.example'],
    ['[evil.example is github.com](https://evil.example/)', 'evil.example'],
    ['[https://evil.example/&#x202e;moc.buhtig](https://evil.example/)', 'evil.example'],
    ['[https://evil.example/ github.com](https://evil.example/)', 'evil.example'],
    ['[**https://github.com/a**](https://evil.example:8443/a)', 'evil.example:8443'],
    ['[https://gіthub.com/a](https://gіthub.com/a)', 'xn--gthub-n2e.com'],
    ['<https://gіthub.com/a>', 'xn--gthub-n2e.com'],
    [`<https://github.com.${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.evil.example/>`, /\.evil\.example$/],
    ['[](https://evil.example/x)', 'evil.example'],
    ['[&#8203;](https://evil.example/x)', 'evil.example'],
    ['[![github.com](https://github.com/a.png)](https://evil.example/)', 'evil.example'],
    ['[x][y]\n\n[y]: https://evil.example/ "github.com"', 'evil.example'],
    ['[x](&#104;ttps://evil.example/)', 'evil.example'],
  ])('shows beside %j the host that it opens', async (text, host) => {
    const box = await markdown(text);
    const [link] = within(box).getAllByRole('link');
    expect(link?.nextElementSibling?.tagName).toBe('BDI');
    expect(link?.nextElementSibling?.textContent?.trim()).toMatch(host);
  });

  it.each([
    ['https://evil.example/x', 'https://evil.example/x'],
    ['[https://evil.example](https://evil.example)', 'https://evil.example/'],
    ['See (https://evil.example/a_b).', 'https://evil.example/a_b'],
    ['<https://evil.example/x?y=1>', 'https://evil.example/x?y=1'],
  ])('shows no host beside %j, which is the address itself', async (text, href) => {
    const box = await markdown(text);
    expect(linksOf(box)).toEqual([href]);
    expect(within(box).getByRole('link').nextElementSibling).toBeNull();
  });

  it.each([
    ['Fix **login** &amp; logout', 'Fix login & logout', 'strong'],
    ['&lt;script&gt; &copy; *&nbsp;x&CounterClockwiseContourIntegral;*', '<script> © \u00a0x∳', 'em'],
    ['*a* &notanentity; &amp', 'a &notanentity; &amp', 'em'],
    ['*exe*&#x202e;txt', 'exe⟨U+202E⟩txt', 'em'],
    ['*v1*&#8203;', 'v1⟨U+200B⟩', 'em'],
    ['*v1*&ZeroWidthSpace;&zwnj;&shy;', 'v1⟨U+200B⟩⟨U+200C⟩⟨U+00AD⟩', 'em'],
    ['*v1*&#xe0041;\u{e0042}', 'v1⟨U+E0041⟩⟨U+E0042⟩', 'em'],
    ['`a\u202eb`', 'a⟨U+202E⟩b', 'code'],
    ['```\na\u202eb\n```', 'a⟨U+202E⟩b', 'pre'],
    ['![&#x202e;gnp](x)', '[image: ⟨U+202E⟩gnp]', null],
    ['[a&#x2066;b](https://evil.example/)', 'a⟨U+2066⟩b evil.example', 'a'],
    ['[x](https://evil.example/&#x202e;gnp)', 'x not a link', null],
    ['| &rlm; |\n|-|', '⟨U+200F⟩', 'th'],
  ])('decodes %j, then marks what cannot be seen', async (text, shown, element) => {
    const box = await markdown(text);
    expect(box.textContent).toBe(`${shown}The end`);
    if (element !== null) expect(box.querySelector(element)).not.toBeNull();
    for (const { title } of box.querySelectorAll<HTMLElement>('[title]'))
      expect(title).not.toMatch(/\p{Bidi_Control}/u);
  });

  it('keeps the writing direction of each part to itself', async () => {
    const box = await markdown(
      '# \u05d0\n\n\u05d0\n\n- \u05d0\n\n> \u05d0\n\n| \u05d0 |\n|-|\n| \u05d0 |\n\n```\n\u05d0\n```\n\na `\u05d0` [\u05d0](https://evil.example) [\u05d0](x) ![\u05d0](x)',
    );
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    let found = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (!node.textContent?.includes('\u05d0')) continue;
      found += 1;
      expect(node.parentElement?.closest('[dir=auto], bdi')).not.toBeNull();
    }
    expect(found).toBe(11);
    for (const host of within(box).getAllByText('evil.example', { exact: false })) expect(host.tagName).toBe('BDI');
  });

  it('lays out neither footnotes nor addresses other than those of https', async () => {
    const text = 'a[^1] http://evil.example www.evil.example x@evil.example url(https://evil.example/x';
    const box = await markdown(`${text}\n\n[^1]: note`);
    expect(box.textContent).toBe(`${text}[^1]: noteThe end`);
    expect(linksOf(box)).toEqual([]);
  });

  it.each<[string, string, PlainReason]>([
    ['I20: 5,000 quotes', '>'.repeat(5_000), 'deep'],
    ['quotes with blanks', '> '.repeat(60), 'deep'],
    ['I21: a list in a list, 632 times', nested(632), 'long'],
    ['a list in a list, 60 times', nested(60), 'deep'],
    ['the same by tabs', nested(30, '\t'), 'deep'],
    ['lists in one line', `${'- '.repeat(60)}x`, 'deep'],
    ['emphasis within emphasis', `${'*a '.repeat(100)}${'a*'.repeat(100)}`, 'deep'],
    ['I21: 64 kB of open links', '[a](b'.repeat(13_000), 'long'],
    ['16 kB of open links', '[a](b'.repeat(3_200), 'dense'],
    ['16 kB of brackets', '['.repeat(16_000), 'dense'],
    ['16 kB of open images', '![a'.repeat(5_000), 'dense'],
    ['16 kB of emphasis', '*a_ '.repeat(4_000), 'dense'],
    ['16 kB of cells', '| a '.repeat(4_000), 'dense'],
    ['16 kB of headings', 'a\n=\n'.repeat(4_075), 'dense'],
    ['16 kB of quotes', '> a\n\n'.repeat(3_260), 'dense'],
    ['columns that no line fills', `${'|a'.repeat(900)}\n${'|-'.repeat(900)}\n${'|\n'.repeat(600)}`, 'dense'],
    ['16 kB, of which one letter takes two bytes', 'é'.repeat(8_193), 'long'],
  ])('%s stays text, and says so', async (_, text, reason) => {
    render(<Changelog text={text} ofWhich="" />);
    const box = screen.getByRole('region', { name: 'Changelog' });
    await waitFor(() => expect(box).toHaveTextContent(PLAIN_WORDS[reason]));
    expect(box.textContent).toContain(text.slice(0, 100));
    expect(box.querySelector('ul, blockquote, em, a, h5, td')).toBeNull();
  });

  it('is laid out where it is as long and as dense as those that people write', async () => {
    const line = '- **web:** lay out `tables` ([#12](https://a.example/12)) ([9f3c2ab](https://a.example/9f3c2ab))\n';
    render(<Changelog text={`# 1.4\n\n${line.repeat(165)}`} ofWhich="" />);
    const box = screen.getByRole('region', { name: 'Changelog' });
    await waitFor(() => expect(box.querySelectorAll('a')).toHaveLength(330));
  });
});

/** A list within a list, each by two blanks or a tab. */
function nested(times: number, indent = '  '): string {
  return Array.from({ length: times }, (_, at) => `${indent.repeat(at)}- x`).join('\n');
}

import { describe, expect, it } from 'vitest';
import { documentationOf, sectionOf } from '../../../src/dashboard/elements/check-documentation.ts';
import { FINDING_CODES } from '../../../src/release/finding/severity.ts';

describe('the documentation of a check', () => {
  it.each(FINDING_CODES)('%s says what it means, with an example and a waiver', async (code) => {
    const blocks = await documentationOf(code);
    expect(blocks[0]).toMatchObject({ kind: 'paragraph' });
    const examples = blocks.flatMap((block) => (block.kind === 'code' ? [JSON.parse(block.text)] : []));
    expect(examples.length).toBeGreaterThanOrEqual(2);
    expect(examples.at(-1)).toMatchObject({ code, by: expect.any(String), expires: expect.any(String) });
  });
});

const MARKDOWN = `# Findings

\`\`\`
## not-ready
\`\`\`

## \`not-ready\`

A roll-out that is **not
finished**: see [the docs](https://example.com/x), or \`kubectl\`.

- one
- *two*

### Fix

\`\`\`json
{ "a": "# no heading" }
\`\`\`

## not-ready-at-all

Something else.
`;

describe('a section', () => {
  it('is all between its heading and the next one, without the marks', () => {
    expect(sectionOf(MARKDOWN, 'not-ready')).toEqual([
      {
        kind: 'paragraph',
        spans: [
          { text: 'A roll-out that is not finished: see the docs, or ', code: false },
          { text: 'kubectl', code: true },
          { text: '.', code: false },
        ],
      },
      { kind: 'item', spans: [{ text: 'one', code: false }] },
      { kind: 'item', spans: [{ text: 'two', code: false }] },
      { kind: 'paragraph', spans: [{ text: 'Fix', code: false }] },
      { kind: 'code', text: '{ "a": "# no heading" }' },
    ]);
  });

  it('is empty where there is none', () => {
    expect([sectionOf(MARKDOWN, 'future-date'), sectionOf('', 'not-ready')]).toEqual([[], []]);
  });
});

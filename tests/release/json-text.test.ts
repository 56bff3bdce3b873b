import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonText } from '../../src/release/text/json-text.ts';
import { yamlText } from '../../src/release/text/yaml-text.ts';

const same = { version: '1.4.0' };
test.each([
  [same],
  [{ a: same, b: same }],
  [
    {
      name: 'a\u009b2J\u202eb\u007f\u2028\ufeff',
      list: ['\u200bx\u0085', '\u001b[2J\u0007', `${'long '.repeat(50)}\u009b`],
    },
  ],
  [{ 'a\u202e': '\u200b', tags: '\u{e0041}\u00a0\u3164\ufe0f\u2800' }],
  [
    {
      quotes: '"\u009b\\',
      commit: '1234567',
      odd: '5e12345',
      yes: 'yes',
      none: null,
      colon: 'a: b # c',
      lines: 'a\nb\n',
    },
  ],
  [
    {
      old: 'backend##[set-env name=x]y###[group]\\##[x]',
      azure: 'backend ##vso[task.setvariable variable=x]y',
      teamCity: '##teamcity[buildStop]',
      lines: 'x\n::warning::pwned\n  ::add-mask::pass',
      long: `${'long '.repeat(20)}\n\n ::warning::pwned\n\t::x\n`,
      '::set-env name=x::': { list: ['::x', '\n::x\r::x'] },
      '##[x]\n::x': 1,
      'x##vso[x]': ['##vso', ['##', []]],
    },
  ],
])('%j reads back as it was, and holds nothing a terminal or a CI acts on', (document) => {
  for (const [text, back] of [
    [jsonText(document), JSON.parse(jsonText(document))],
    [yamlText(document), parse(yamlText(document))],
  ]) {
    expect(back).toEqual(document);
    expect(text).not.toMatch(/[^\P{C}\n]|[^\P{Z} ]|\p{Default_Ignorable_Code_Point}|\u2800/u);
    expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/[&*]a\d/);
  }
});

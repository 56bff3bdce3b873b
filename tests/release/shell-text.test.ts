import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../src/release/text/shell-text.ts';

test.each([
  ['eu-west-1', 'eu-west-1', 'eu-west-1'],
  ['arn:aws:iam::123456789012:role/reader', 'arn:aws:iam::123456789012:role/reader', undefined],
  ['', "''", ''],
  ['@prod', "'@prod'", undefined],
  ['k8s,infra', "'k8s,infra'", undefined],
  ["the team's", `'the team'"'"'s'`, undefined],
  ['the team’s', `'the team'"’"'s'`, undefined],
  ["it's $HOME `id` \\", `'it'"'"'s $HOME \`id\` \\'`, undefined],
  ['a’; $(id) ‘b', `'a'"’"'; $(id) '"‘"'b'`, undefined],
  ['a\u001b[2J b\u0007\r\n', "'a[2J b'", 'a[2J b'],
  ['a=b', "'a=b'", 'a=b'],
])('%j is the word %s', (text, word, heard = text) => {
  expect(shellWord(text)).toBe(word);
  expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(heard);
});

test('line ends are kept where they are our own', () => {
  expect(shellWord('{\n"a":\t1}', true)).toBe('\'{\n"a":1}\'');
});

import { describe, expect, test } from 'vitest';
import {
  type ChangeList,
  cutChangeList,
  listedCommitLine,
  readChangeList,
  readListedCommit,
} from '../../src/release/item/change-list.ts';
import { readFragmentInput } from '../../src/release/item/fragment-input.ts';
import type { PlainValue } from '../../src/release/item/item.ts';
import { fragment } from './items.ts';

const SHA = '0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d';

test.each<[line: string, read: unknown]>([
  [`${SHA} fix: total`, { sha: SHA, subject: 'fix: total', refs: [] }],
  ['9F3C2AB Fix', { sha: '9f3c2ab', subject: 'Fix', refs: [] }],
  ['9f3c2ab', { sha: '9f3c2ab', subject: '', refs: [] }],
  // As `git log` prints it: the number that the subject names counts.
  ['9f3c2ab fix: total (#12)', { sha: '9f3c2ab', subject: 'fix: total (#12)', refs: ['#12'] }],
  ['9f3c2ab fix PAY-1', { sha: '9f3c2ab', subject: 'fix PAY-1', refs: [] }],
  ['9f3c2ab fix (#12)\tPAY-1 !4', { sha: '9f3c2ab', subject: 'fix (#12)', refs: ['PAY-1', '!4'] }],
  ['fix: total', null],
  ['deadbee1 …', { sha: 'deadbee1', subject: '…', refs: [] }],
  ['decaf', null],
  ['', null],
])('the line %j', (line, read) => {
  expect(readListedCommit(line)).toEqual(read);
});

test('a line is what it was made of', () => {
  const commit = { sha: SHA, subject: 'fix: total (#12)', refs: ['#12', 'PAY-1'] };
  expect(readListedCommit(listedCommitLine(commit))).toEqual(commit);
  expect(readListedCommit(listedCommitLine({ ...commit, subject: 'x', refs: [] }))?.refs).toEqual([]);
});

describe('what an item holds', () => {
  const commits = ['9f3c2ab a', '8e2b1aa b'];

  test.each<[string, PlainValue, ChangeList | undefined]>([
    ['a map', { commits, since: 'v1.0.0', base: SHA, cut: 3, shallow: true, more: 1 }, undefined],
    ['a list', commits, { commits }],
    ['a text', `${commits.join('\n')}\n\n`, { commits }],
    ['an empty list', [], { commits: [] }],
  ])('%s is read', (_, value, read) => {
    expect(readChangeList(value)).toEqual(read ?? value);
  });

  test('a map is kept as it is, and not copied', () => {
    const value = { commits };
    expect(readChangeList(value)).toBe(value);
  });

  test.each<PlainValue>([
    7,
    true,
    { commits: 'x' },
    { since: 'v1.0.0' },
    [1],
    [null],
    { commits, cut: '3' },
    { commits, since: 1 },
  ])('%j is no such list: a fault, and the rest is read', (value) => {
    const { faults, fields } = fragment('v1.0.0', 'backend#a', { changes: value, owner: 'x' });
    expect(faults.map(({ field, received }) => [field, received])).toEqual([['changes', JSON.stringify(value)]]);
    expect(fields).toEqual({ owner: 'x' });
  });
});

test('what is published is stricter', () => {
  const faultsOf = (changes: unknown) => {
    const read = readFragmentInput(
      { release: 'v1.0.0', type: 'backend', component: 'a', changes },
      { anyRelease: false },
    );
    return 'faults' in read ? read.faults : [];
  };
  expect(faultsOf({ commits: [`${SHA} fix\t#1`], since: 'v0.9.0', base: SHA, cut: 2, shallow: true })).toEqual([]);
  expect(faultsOf({ commits: [] })).toEqual([]);
  expect(faultsOf({ commits: ['main fix'] })).toEqual([
    'changes.commits.0 is not a commit and its subject, such as "9f3c2ab Refuse an empty cart", received "main fix"',
  ]);
  expect(faultsOf({ commits: ['9f3c2ab x\u202ey'] })[0]).toContain('cannot be seen');
  expect(faultsOf({ commits: Array(301).fill('9f3c2ab x') })[0]).toContain('holds more than 300 commits');
  expect(faultsOf(['9f3c2ab x'])[0]).toContain('changes is not an object');
});

test('as many of the newest as have room, the rest counted', () => {
  const list = { commits: ['9f3c2ab a', '8e2b1aa b', '7d1a0bb c', '6c0f9cc d'], since: 'v1.0.0', cut: 2 };
  const bytesOf = ({ commits }: ChangeList) => commits.length * 10;
  const cut = (most: number) => cutChangeList(list, most, bytesOf);
  expect(cut(40)).toBe(list);
  expect([cut(39), cut(25), cut(10)]).toEqual([
    { ...list, commits: list.commits.slice(0, 3), cut: 3 },
    { ...list, commits: list.commits.slice(0, 2), cut: 4 },
    { ...list, commits: list.commits.slice(0, 1), cut: 5 },
  ]);
  expect(cut(9)).toBeUndefined();
});

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atStage,
  faultOfForm,
  isGitTag,
  readTagForm,
  stageNumber,
  type TagForm,
} from '../../../src/release/plan/tag-form.ts';

test.each<[version: string, stable: string, rc2: string]>([
  ['1.4.0-beta.3', '1.4.0', '1.4.0-rc.2'],
  ['v1.4.0-rc.1', 'v1.4.0', 'v1.4.0-rc.2'],
  ['1.4.0-beta3', '1.4.0', '1.4.0-rc2'],
  ['1.4.0-beta', '1.4.0', '1.4.0-rc.2'],
  ['1.4.0b3', '1.4.0', '1.4.0rc2'],
  ['1.4.0.beta3', '1.4.0', '1.4.0.rc2'],
  ['1.4.0-beta.3+build.5', '1.4.0', '1.4.0-rc.2'],
  ['v1.4-beta.3', 'v1.4', 'v1.4-rc.2'],
  ['2026.08.1-beta.3', '2026.08.1', '2026.08.1-rc.2'],
  ['1.2.3.4_beta-3', '1.2.3.4', '1.2.3.4_rc-2'],
])('%s as stable is %s, as the second candidate %s', (version, stable, rc2) => {
  expect([atStage(version, 'stable', null), atStage(version, 'rc', 2)]).toEqual([stable, rc2]);
  expect(stageNumber(rc2)).toBe(2);
});

test('Python writes the first letter of a stage but of a candidate', () => {
  expect([atStage('1.4.0a3', 'beta', 1), atStage('1.4.0a3', 'rc', 1), atStage('1.4.0rc3', 'beta', 1)]).toEqual([
    '1.4.0b1',
    '1.4.0rc1',
    '1.4.0beta1',
  ]);
});

describe('where a tag holds a version', () => {
  const RELEASE = 'v1.4.0-rc.2';
  test.each<
    [tag: string, own: string | null, form: [TagForm['of'], before: string, version: string, after: string] | null]
  >([
    ['v1.4.0-rc.2', null, ['release', 'v', '1.4.0-rc.2', '']],
    ['1.4.0rc2', null, ['release', '', '1.4.0rc2', '']],
    ['orders/v1.4.0-rc.2', null, ['release', 'orders/v', '1.4.0-rc.2', '']],
    ['release-1.4.0-rc.2', null, ['release', 'release-', '1.4.0-rc.2', '']],
    ['services/2.0/orders-v1.4.0-rc.2', null, ['release', 'services/2.0/orders-v', '1.4.0-rc.2', '']],
    ['v1.4.0-rc.2/orders', null, ['release', 'v', '1.4.0-rc.2', '/orders']],
    ['orders_v1.4.0-rc.2_linux', null, ['release', 'orders_v', '1.4.0-rc.2', '_linux']],
    ['feature-profile@2.3.0-beta.1', '2.3.0-beta.1', ['component', 'feature-profile@', '2.3.0-beta.1', '']],
    ['@acme/ui@2.3.0', '2.3.0', ['component', '@acme/ui@', '2.3.0', '']],
    ['feature-profile@2.3.0-beta.1', null, ['component', 'feature-profile@', '2.3.0-beta.1', '']],
    ['app-2-3.0.0-rc.1', null, ['component', 'app-2-', '3.0.0-rc.1', '']],
    ['app-2-3.0.0-rc.1', '3.0.0-rc.1', ['component', 'app-2-', '3.0.0-rc.1', '']],
    ['chart-5.0.2-1', '5.0.2-1', ['component', 'chart-', '5.0.2-1', '']],
    // Nobody says which of the two is the version.
    ['go-1.22-orders-1.0.0-rc.1', null, null],
    ['v1.4.0-rc.20', null, ['component', 'v', '1.4.0-rc.20', '']],
    ['v1.4.0-rc.20/orders', null, null],
    ['latest', null, null],
    ['build-42', null, null],
    ['', null, null],
  ])('%s, of %s', (tag, own, form) => {
    const read = readTagForm(tag, RELEASE, own);
    expect(read === null ? null : [read.of, read.before, read.version, read.after]).toEqual(form);
  });

  test('it is the tag again, whatever the tag', () => {
    const text = fc.string({ unit: fc.constantFrom(...'v1.4.0-rc.2/@_+ab\n$') });
    fc.assert(
      fc.property(text, (tag) => {
        const form = readTagForm(tag, RELEASE, '2.3.0-beta.1');
        return form === null || `${form.before}${form.version}${form.after}` === tag;
      }),
      { seed: 41, numRuns: 2_000 },
    );
  });
});

test('a written form holds a version', () => {
  expect(['{component}@{version}', 'v{version}', '{release}'].map(faultOfForm)).toEqual([null, null, null]);
  expect(['v1.4.0', '{component}', '{name}-{version}'].map((form) => faultOfForm(form) !== null)).toEqual([
    true,
    true,
    true,
  ]);
});

test('a tag is one where git says so', () => {
  const parts = [
    'v1.4.0',
    '-',
    '/',
    '.',
    '..',
    '@',
    '@{',
    '~',
    '^',
    ':',
    '?',
    '*',
    '[',
    '\\',
    ' ',
    '.lock',
    'x',
    '$(id)',
    "'",
    '"',
    '`',
    ';',
    '#',
    'ü',
    '\t',
    '\n',
    '\x7f',
  ];
  const names = fc.sample(
    fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 4 }).map((some) => some.join('')),
    { seed: 42, numRuns: 60 },
  );
  const takes = (name: string) => spawnSync('git', ['check-ref-format', `refs/tags/${name}`]).status === 0;
  const expected = names.map((name) => [name, takes(name) && name !== '@' && !name.startsWith('-')]);
  expect(names.map((name) => [name, isGitTag(name)])).toEqual(expected);
  expect(expected.filter(([, is]) => is).length).toBeGreaterThan(5);
}, 60_000);

test('a tag that holds what nobody sees is none, though git takes it', () => {
  expect(['v1.4.0\u202e', 'v1.4.0\u200b', 'v1.4.0-grün'].map(isGitTag)).toEqual([false, false, true]);
});

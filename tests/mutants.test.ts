import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeMutants } from '../scripts/robustness-mutants.mjs';
import { ARGUED } from './mutants/argued.ts';
import { openKept } from './mutants/kept.ts';
import { mutate } from './mutants/mutate.ts';
import { IN_NO_ROOM, judgesOf, NO_JUDGES, ROOMS, sourcesOf } from './mutants/rooms.ts';
import { changeOf, scoreOf } from './mutants/score.ts';

test('every file of the guard, the way to credentials and the store is in one room, or it is said why not', () => {
  const files = ['src/devserver', 'src/aws', 'src/store', 'src/contract'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.d)\.ts$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect([...ROOMS.flatMap(sourcesOf), ...Object.keys(IN_NO_ROOM)].sort()).toEqual(files.sort());
});

test('every pattern of a room finds a test, and every test that judges none is there', () => {
  const patterns = ROOMS.flatMap((room) => room.judges.map((judge) => ({ ...room, judges: [judge] })));
  expect(patterns.filter((room) => judgesOf(room).length === 0)).toEqual([]);
  expect(Object.keys(NO_JUDGES).filter((file) => !existsSync(file))).toEqual([]);
});

test('what is argued is of a room, says why, and stands there only once', () => {
  const files = ROOMS.flatMap(sourcesOf);
  expect(ARGUED.filter(({ file, why }) => !files.includes(file) || why === '')).toEqual([]);
  const keys = ARGUED.flatMap(({ file, on, changes }) => changes.map((change) => `${file} ${on} ${change}`));
  expect(keys).toEqual([...new Set(keys)]);
});

test('code is changed in small ways, each with the line and the text it changes; prose is left as it is', async () => {
  const { mutants, code } = await mutate(['src/devserver/guard/sliding-window.ts']);
  const found = mutants.map((mutant) => `${mutant.on}: ${changeOf(mutant)}`);
  expect(found).toContain(
    'if (times.length > 10_000) times = times.slice(-10_000);: times.length > 10_000 → times.length >= 10_000',
  );
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  expect(code['src/devserver/guard/sliding-window.ts']).toContain('stryMutAct');
  const guard = await mutate(['src/devserver/guard/guard.ts']);
  expect(guard.mutants.filter(({ from }) => from === "'open-in-editor is off'")).toEqual([]);
});

test('what a run has noticed is known to the next one, until the source or the test is another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-kept-'));
  try {
    const [source, judge] = [join(folder, 'source.ts'), join(folder, 'judge.test.ts')];
    writeFileSync(source, 'export const one = 1 + 1;');
    writeFileSync(judge, 'expect(one).toBe(2)');
    const [mutant] = (await mutate([source])).mutants;
    if (mutant === undefined) throw new Error('Nothing was changed.');
    const file = join(folder, 'kept/room.json');
    openKept(file).note([mutant], judge);
    expect([openKept(file).noticedBy(mutant), openKept(file).noticedBy({ ...mutant, place: 1 })]).toEqual([
      judge,
      null,
    ]);
    writeFileSync(judge, 'expect(one).toBe(3)');
    expect(openKept(file).noticedBy(mutant)).toBeNull();
    openKept(file).note([mutant], judge);
    writeFileSync(source, 'export const one = 2 + 1;');
    expect(openKept(file).noticedBy(mutant)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('the score of a room', () => {
  const room = { name: 'guard', target: 95 } as const;
  const mutant = { file: 'src/x.ts', place: 0, kind: 'BooleanLiteral', from: 'true', to: 'false' };
  const mutants = [
    { ...mutant, id: '0', line: 3, on: 'a(true);' },
    { ...mutant, id: '1', line: 4, on: 'b(true);' },
    { ...mutant, id: '2', line: 5, on: 'c(true,\n  1);', from: `${'t'.repeat(90)}` },
  ];
  const argue = (on: string) => ({ file: 'src/x.ts', on, changes: ['true → false'], why: 'x' });

  test('counts what was noticed and what is argued, and names the rest', () => {
    expect(scoreOf(room, mutants, new Map([['0', 'a test']]), [argue('b(true);')])).toEqual({
      room: 'guard',
      target: 95,
      changes: 3,
      noticed: 1,
      argued: 1,
      survivors: [`src/x.ts:5 BooleanLiteral: ${'t'.repeat(80)}… → false`],
      argueNothing: [],
    });
  });

  test('tells what is argued although it is noticed, or not there', () => {
    const noticed = new Map([['0', 'a test']]);
    const { argueNothing } = scoreOf(room, mutants, noticed, [argue('a(true);'), argue('gone(true);')]);
    expect(argueNothing).toEqual(['src/x.ts a(true);: true → false', 'src/x.ts gone(true);: true → false']);
  });
});

describe('in the table of the robustness', () => {
  const GOOD = {
    room: 'guard',
    target: 95,
    changes: 200,
    noticed: 190,
    argued: 5,
    survivors: ['src/x.ts:1 y'],
    argueNothing: [],
  };

  test('a good run names score and survivors', () => {
    const { good, rows, totals } = describeMutants({ scores: [GOOD], status: 0 });
    expect(good).toBe(true);
    expect(rows).toContain(
      'ok   200 changes of the guard: 95.0 % noticed, 97.5 % noticed or argued, 95 % to be reached',
    );
    expect(rows).toContain('src/x.ts:1 y');
    expect(totals).toContain('95.0 % noticed, 97.5 % noticed or argued');
  });

  test.each([
    ['too few that are noticed', { noticed: 184, argued: 5 }, 0, 'LOST 200 changes of the guard: 92.0 % noticed'],
    ['nothing changed', { changes: 0, noticed: 0, argued: 0 }, 0, 'LOST 0 changes'],
    [
      'one that is argued in vain',
      { argueNothing: ['src/x.ts a'] },
      0,
      'LOST   argued, but noticed or no longer there: src/x.ts a',
    ],
    ['a run that broke off', {}, null, 'LOST the run of the mutants ended with status none'],
  ])('%s is no good run', (_, changed, status, words) => {
    const { good, rows } = describeMutants({ scores: [{ ...GOOD, ...changed }], status });
    expect([good, rows]).toEqual([false, expect.stringContaining(words)]);
  });

  test('no room at all is no good run', () => {
    expect(describeMutants({ scores: [], status: 0 }).good).toBe(false);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../release/cases.ts';
import { awsError, cannedServer } from '../store/canned-server.ts';
import { releaseMatrix } from './command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-wait-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Items = readonly Readonly<Record<string, unknown>>[];
const itemsOf = (name: string): Items => CASES.find((one) => one.name.startsWith(name))?.items ?? [];
const WHOLE = itemsOf('a whole and consistent stable release passes');
const MISSING = itemsOf('a missing component blocks a stable release');
const NOTHING = MISSING.filter(({ version }) => version !== 'v1.4.0');
const UNREADY = itemsOf('a roll-out that is not finished');
const YOUNG = itemsOf('within the grace period');
const AUTH = 'v1.4.0 still lacks backend#auth-service';

/** A clock of its own, on which waiting takes no time and during which things happen. */
function story(happens: Readonly<Record<number, () => void>>) {
  let elapsed = 0;
  return {
    elapsedMs: () => elapsed,
    random: () => 0.5,
    pause: async (ms: number) => {
      const [from, to] = [elapsed, elapsed + ms];
      elapsed = to;
      for (const [at, what] of Object.entries(happens)) if (Number(at) > from && Number(at) <= to) what();
    },
  };
}

/** Runs the gate on a file that is written anew as time goes by. */
async function waiting(wait: string, states: Readonly<Record<number, Items>>, ...more: string[]) {
  const path = join(folder, 'table.json');
  const write = (items: Items) => writeFileSync(path, JSON.stringify(items));
  write(states[0] ?? []);
  const patience = story(Object.fromEntries(Object.entries(states).map(([at, items]) => [at, () => write(items)])));
  const words = ['check', 'v1.4.0', '--from', path, '--now', '2026-11-20T12:00:00Z', '--wait', wait, ...more];
  const { exitCode, stderr } = await releaseMatrix(words, {}, { patience });
  return { exitCode, said: stderr.split('\n').slice(0, -1), seconds: patience.elapsedMs() / 1_000 };
}

describe('--wait', () => {
  test('ends with pass when the late fragment is there', async () => {
    expect(await waiting('10m', { 0: MISSING, 40000: WHOLE })).toEqual({
      exitCode: 0,
      said: [`${AUTH}; waiting for up to 10m`],
      seconds: 45,
    });
  });

  test('waits for a release that has no fragment yet, and says how that goes', async () => {
    expect(await waiting('10m', { 0: NOTHING, 10000: MISSING, 590000: WHOLE })).toEqual({
      exitCode: 0,
      said: ['There is no fragment of v1.4.0 yet; waiting for up to 10m', `${AUTH}; waiting for up to 9m 45s`],
      seconds: 600,
    });
  });

  test('ends with fail when the time is over, and not later', async () => {
    expect(await waiting('100s', { 0: MISSING, 101000: WHOLE })).toEqual({
      exitCode: 1,
      said: [`${AUTH}; waiting for up to 1m 40s`],
      seconds: 100,
    });
  });

  test('ends with unknown where nothing ever came', async () => {
    expect(await waiting('1m', { 0: NOTHING })).toMatchObject({ exitCode: 3, seconds: 60 });
  });

  test('ends at once for what waiting cannot fix', async () => {
    expect(await waiting('10m', { 0: UNREADY })).toEqual({ exitCode: 1, said: [], seconds: 0 });
    const first = WHOLE.filter(({ version }) => version === 'v1.4.0');
    expect(await waiting('10m', { 0: first })).toEqual({ exitCode: 3, said: [], seconds: 0 });
  });

  test('ends when something else than lateness turns up', async () => {
    const worse = [...UNREADY.filter((item) => item['component#name'] !== 'backend#auth-service')];
    expect(await waiting('10m', { 0: MISSING, 20000: worse })).toMatchObject({ exitCode: 1, seconds: 30 });
  });

  test('does not pass a release for being young: what is still to come at the end leaves it unknown', async () => {
    expect(await waiting('2m', { 0: YOUNG })).toEqual({
      exitCode: 3,
      said: ['v1.4.0 still lacks frontend#shell; waiting for up to 2m'],
      seconds: 120,
    });
    expect(await waiting('2m', { 0: YOUNG }, '--report-only')).toMatchObject({ exitCode: 3, seconds: 120 });
    expect(await waiting('2m', { 0: YOUNG, 50000: WHOLE })).toMatchObject({ exitCode: 0, seconds: 60 });
  });

  test('a release of 63 components, of which 12 came within five minutes, is not green when the time is over', async () => {
    const parts = Array.from({ length: 63 }, (_, index) => `backend#part-${index}`);
    const release = (version: string, date: string, count: number): Items =>
      parts.slice(0, count).map((name) => ({ version, 'component#name': name, date }));
    const before = [...release('v1.2.0', '2026-10-01T12:00:00Z', 63), ...release('v1.3.0', '2026-11-01T12:00:00Z', 63)];
    const young = [...before, ...release('v1.4.0', '2026-11-20T11:55:00Z', 12)];
    const names = parts.slice(12, 22).join(', ');
    expect(await waiting('16s', { 0: young })).toEqual({
      exitCode: 3,
      said: [`v1.4.0 still lacks ${names} and 41 more; waiting for up to 16s`],
      seconds: 16,
    });
    const whole = [...before, ...release('v1.4.0', '2026-11-20T11:55:00Z', 63)];
    expect(await waiting('10m', { 0: young, 20000: whole })).toMatchObject({ exitCode: 0, seconds: 30 });
  });

  test('with --report-only it still never blocks', async () => {
    expect(await waiting('1m', { 0: MISSING }, '--report-only')).toMatchObject({ exitCode: 0, seconds: 60 });
  });

  test('a reading that fails on the way is tried again', async () => {
    const scan = (items: Items) => ({
      body: JSON.stringify({
        Items: items.map((item) =>
          Object.fromEntries(
            Object.entries(item).map(([name, value]) => [
              name,
              typeof value === 'number' ? { N: String(value) } : { S: String(value) },
            ]),
          ),
        ),
        Count: items.length,
      }),
    });
    const patience = story({});
    const server = await cannedServer(({ operation }) => {
      if (operation === 'DescribeTable') return awsError('AccessDeniedException', 'no');
      if (patience.elapsedMs() === 0) return scan(MISSING);
      return patience.elapsedMs() === 15_000 ? awsError('AccessDeniedException', 'no') : scan(WHOLE);
    });
    const words = ['check', 'v1.4.0', '--endpoint', server.origin, '--wait', '10m'];
    const ran = await releaseMatrix(words, {}, { patience });
    await server.close();
    expect([ran.exitCode, patience.elapsedMs()]).toEqual([0, 30_000]);
    expect(ran.stderr).toContain('Could not be read, trying again:  ');
  });

  test('is ended by Ctrl-C', async () => {
    const path = join(folder, 'stopped.json');
    writeFileSync(path, JSON.stringify(MISSING));
    const stop = new AbortController();
    const patience = story({ 15000: () => stop.abort('SIGINT') });
    const ran = await releaseMatrix(
      ['check', 'v1.4.0', '--from', path, '--wait', '10m'],
      {},
      { patience, stop: stop.signal },
    );
    expect([ran.exitCode, ran.stdout]).toEqual([130, '']);
  });

  test.each(['', '10', 'm', '0s', '-1m', '1.5h', '10 m', '25h', '99999m', '10M'])('refuses %j', async (wait) => {
    const ran = await releaseMatrix(['check', 'v1.4.0', '--from', 'x', `--wait=${wait}`]);
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
  });

  test('refuses standard input, which cannot be read again', async () => {
    const ran = await releaseMatrix(['check', 'v1.4.0', '--from', '-', '--wait', '1m']);
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining('standard input')]);
  });
});

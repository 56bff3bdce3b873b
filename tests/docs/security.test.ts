import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { BAD_INPUTS, FAULTS } from '../../scripts/robustness-list.mjs';
import { countAttacks } from '../attacks/rounds.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

test('SECURITY.md counts the attacks that are tried', () => {
  const { raw, browser, leftOut, weaker } = countAttacks();
  const told = read('SECURITY.md');
  for (const words of [
    `${raw} raw requests`,
    `${browser} attacks from a real Chromium`,
    `${leftOut} of ${leftOut} checks left out`,
    `${weaker} of ${weaker} made weaker`,
  ]) {
    expect(told).toContain(words);
  }
  // What was set out to be tried at least.
  expect(raw).toBeGreaterThanOrEqual(400);
  expect(browser).toBeGreaterThanOrEqual(100);
  expect(leftOut).toBeGreaterThanOrEqual(15);
  expect(weaker).toBeGreaterThanOrEqual(10);
});

test('SECURITY.md counts the faults and bad inputs that are listed', () => {
  const [faults, inputs] = [FAULTS, BAD_INPUTS].map((list) => Object.keys(list).length);
  const told = read('SECURITY.md').replaceAll('\n', ' ');
  expect(told).toContain(`${faults} of ${faults} faults survived and ${inputs} of ${inputs} bad inputs tolerated`);
});

test('each promise of SECURITY.md names tests that are there', () => {
  const promises = read('SECURITY.md')
    .split('\n')
    .filter((line) => line.startsWith('| **'));
  expect(promises.length).toBeGreaterThan(8);
  for (const line of promises) {
    const kept = [...line.matchAll(/\]\((tests\/[^)]+)\)/g)].map(([, path = '']) => path);
    expect([line, kept.length > 0]).toEqual([line, true]);
    for (const path of kept) expect(read(path)).toMatch(/\b(test|describe)\b/);
  }
});

test('each threat has a test that is there', () => {
  const rows = read('docs/threats.md')
    .split('\n')
    .filter((line) => /^\| T\d/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  expect(rows.map(([name]) => name)).toEqual(Array.from({ length: 63 }, (_, at) => `T${at + 1}`));
  const absent = rows.flatMap(([name = '', , , link = '', text = '']) => {
    const path = /\((?:\.\.\/)?([^)]+)\)/.exec(link)?.[1] ?? '';
    return text !== '' && read(path).includes(text) ? [] : [`${name}: "${text}" in ${path}`];
  });
  expect(absent).toEqual([]);
});

test('docs/licences.md lists what the lockfile pins', () => {
  execFileSync(process.execPath, ['scripts/licences.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' });
});

const Bill = z.object({
  bomFormat: z.string(),
  components: z.array(z.object({ group: z.string().optional(), name: z.string(), version: z.string() })),
});

test('the bill of materials is CycloneDX and names what is shipped', () => {
  const scripts: unknown = JSON.parse(read('package.json')).scripts;
  const command = String(Reflect.get(Object(scripts), 'sbom')).split(' ');
  const options = { cwd: ROOT, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 } as const;
  const bill = Bill.parse(JSON.parse(execFileSync(command[0] ?? '', command.slice(1), options)));
  expect(bill.bomFormat).toBe('CycloneDX');
  const named = new Set(
    bill.components.map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name} ${version}`),
  );
  const shipped = [...read('docs/licences.md').matchAll(/^\| (\S+) \| (\d\S*) \|/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.filter((one) => !named.has(one))).toEqual([]);
});

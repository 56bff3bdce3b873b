import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundDocument } from '../../src/release/history/find-document.ts';
import type { Item } from '../../src/release/item/item.ts';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';

const sha = (of: string) => of.repeat(40).slice(0, 40);
const orders = (release: string, commit: string, base: string | null, listed: readonly string[]) =>
  item(release, 'backend#orders', {
    repo: 'acme/orders',
    commit: sha(commit),
    artifact: `ghcr.io/acme/orders:${release.slice(1)}`,
    changes: { commits: listed, ...(base === null ? {} : { since: 'x', base: sha(base) }) },
  });
const runs = (release: string, environment: string) =>
  item(release, `k8s#${environment}-deployment/orders`, { imageRef: `ghcr.io/acme/orders:${release.slice(1)}` });

const ITEMS: Item[] = [
  orders('v1.3.0', 'a', null, [`${sha('a')} first`]),
  orders('v1.4.0-alpha.1', 'b', 'a', [`${sha('b')} two`]),
  orders('v1.4.0-alpha.2', 'c', 'b', [`${sha('c')} fix: refuse an empty cart (#7)\t#7 PAY-812`]),
  orders('v1.4.0-rc.1', 'b', 'a', [`${sha('b')} two`]),
  runs('v1.3.0', 'prod'),
  runs('v1.4.0-alpha.2', 'dev'),
  item('v1.4.0-rc.1', 'frontend#shop'),
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-find-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const find = (text: string, items: readonly Item[] = ITEMS, ...words: string[]) => {
  const from = join(folder, 'items.json');
  writeFileSync(from, JSON.stringify(items));
  return releaseMatrix(['find', '--from', from, ...words, '--', text]);
};

const STRIP = [
  'backend#orders',
  '  first in v1.4.0-alpha.2',
  '  not in v1.4.0-rc.1: it is at bbbbbbb, which does not have it',
  '  runs in dev; not in prod',
  '',
  'Not looked at: fragments that list no changes: frontend#shop.',
  'read 2026-11-20T12:00:00.000Z',
  '',
];

test.each(['#7', 'acme/orders#7', 'PAY-812', 'pay-812', 'ccccccc', sha('c')])('%s', async (text) => {
  expect(await find(text)).toEqual({
    exitCode: 0,
    stdout: ['cccccccccccc  fix: refuse an empty cart (#7)  #7 PAY-812  (acme/orders)', '', ...STRIP].join('\n'),
    stderr: '',
  });
});

test('as JSON it is the published document', async () => {
  const { exitCode, stdout } = await find('#7', ITEMS, '--format', 'json');
  const found = foundDocument.parse(JSON.parse(stdout));
  expect([exitCode, found.kind, found.asked]).toEqual([0, 'request', '#7']);
  expect(found.components).toEqual([
    {
      component: 'backend#orders',
      type: 'backend',
      name: 'orders',
      repo: 'acme/orders',
      commits: [sha('c')],
      first: 'v1.4.0-alpha.2',
      releases: [
        { release: 'v1.4.0-alpha.2', stage: 'alpha', has: 'yes', why: null },
        { release: 'v1.4.0-rc.1', stage: 'rc', has: 'no', why: 'it is at bbbbbbb, which does not have it' },
      ],
      environments: [
        { environment: 'dev', release: 'v1.4.0-alpha.2', version: '1.4.0-alpha.2', has: 'yes', why: null },
        {
          environment: 'prod',
          release: 'v1.3.0',
          version: '1.3.0',
          has: 'no',
          why: 'it is at aaaaaaa, which does not have it',
        },
      ],
    },
  ]);
});

test('nobody has it: that is no proof, and ends with 3', async () => {
  expect(await find('#8')).toEqual({
    exitCode: 3,
    stdout: [
      'No fragment has #8.',
      '',
      'Not looked at: fragments that list no changes: frontend#shop.',
      'read 2026-11-20T12:00:00.000Z',
      '',
    ].join('\n'),
    stderr: '',
  });
});

test.each(['', 'abc', 'some words', '#', '-x'])('%j is nothing that can be looked for: 2', async (text) => {
  const { exitCode, stdout, stderr } = await find(text);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    `Expected a commit of 7 digits or more, #123, acme/orders#123, a ticket such as PAY-812, a digest, an image, a version, orders@1.4.0 or the address of one of them, received ${JSON.stringify(text)}.\n`,
  );
});

describe.each(['\n::error::x', '##[set-env name=x]y', '\u001b[2J', '\u202egpj.exe', '<img src=x>'])(
  'somebody’s text %j does nothing',
  (text) => {
    test('in a subject, a reference and a repository', async () => {
      const items = [
        item('v1.0.0', `backend#x${text}`, {
          repo: text,
          commit: sha('a'),
          changes: [`${sha('a')} ${text} (#7)`, `${sha('b')} y\t#7 ${text}`],
        }),
      ];
      const { exitCode, stdout } = await find('#7', items);
      expect(exitCode).toBe(0);
      expect(stdout).not.toMatch(/^\s*::|##\w*\[|\u202e/m);
      expect(stdout).not.toContain('\u001b');
    });
  },
);

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { item } from '../release/items.ts';
import { releaseMatrix } from './command.ts';

const WRONG = { componentVersion: '1.0.0', artifact: 'acme/x:0.9.0', owner: 'team-x' };
const RIGHT = { componentVersion: '1.0.0', artifact: 'acme/x:1.0.0', owner: 'team-x' };
const DOWN = { replicas: 2, readyReplicas: 0 };

/** Of rc.2 against rc.1: a new one, one since v1.3.0, one fixed, and one of a workload that is not rolled out yet. */
const ITEMS: Item[] = [
  item('v1.3.0', 'backend#old', WRONG),
  item('v1.3.0', 'backend#broken', RIGHT),
  item('v1.3.0', 'backend#mended', RIGHT),
  item('v1.4.0-rc.1', 'backend#old', WRONG),
  item('v1.4.0-rc.1', 'backend#broken', RIGHT),
  item('v1.4.0-rc.1', 'backend#mended', WRONG),
  item('v1.4.0-rc.1', 'k8s#qa-deployment/old', DOWN),
  item('v1.4.0-rc.2', 'backend#old', WRONG),
  item('v1.4.0-rc.2', 'backend#broken', WRONG),
  item('v1.4.0-rc.2', 'backend#mended', RIGHT),
];

let folder = '';
let from = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-since-'));
  from = join(folder, 'items.json');
  writeFileSync(from, JSON.stringify(ITEMS));
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...words: string[]) => releaseMatrix(['check', 'v1.4.0-rc.2', '--from', from, ...words]);
const SINCE = ['--since', 'prev', '--format'];
const LINE = 'fixed 1, still 1 (since v1.3.0), new 1, unknown 1 (it does not hold what they are about)';

test('as text: the counts, the new ones first, what is gone last', async () => {
  const { exitCode, stdout } = await check('--since', 'prev');
  expect(exitCode).toBe(1);
  expect(stdout.replace(/sha256:\w+/, 'sha256:…').replace(/^ {2}(?!version|not-ready)[^\n]+\n/gm, '')).toBe(
    [
      'FAIL  v1.4.0-rc.2 (rc): 2 errors',
      'complete: 3 of 3 (roster inferred)',
      `since v1.4.0-rc.1: ${LINE}`,
      '',
      'error  version-mismatch (new): broken says 1.0.0, its artifact 0.9.0',
      '',
      'error  version-mismatch (since v1.3.0): old says 1.0.0, its artifact 0.9.0',
      '',
      'Fixed since v1.4.0-rc.1:',
      '  version-mismatch: mended says 1.0.0, its artifact 0.9.0',
      '',
      'Unknown, as v1.4.0-rc.2 does not hold what they are about:',
      '  not-ready: old in qa: 0 of 2 ready',
      '',
      '3 fragments, read 2026-11-20T12:00:00.000Z, default policy, sha256:…',
      '',
    ].join('\n'),
  );
});

test('as JSON: by what findings are the same, with what is gone in full; without the option there is no word of it', async () => {
  const { since, findings } = JSON.parse((await check(...SINCE, 'json')).stdout);
  const at = (component: string, code = 'version-mismatch', environment: string | null = null) => ({
    code,
    component,
    environment,
  });
  expect(since).toEqual({
    basis: 'v1.4.0-rc.1',
    new: [at('backend#broken')],
    still: [{ ...at('backend#old'), since: 'v1.3.0' }],
    fixed: [expect.objectContaining({ ...at('backend#mended'), release: 'v1.4.0-rc.1', severity: 'error' })],
    unknown: [expect.objectContaining({ ...at('k8s#old', 'not-ready', 'qa'), message: 'old in qa: 0 of 2 ready' })],
  });
  expect(findings).toHaveLength(2);
  expect(JSON.parse((await check('--format', 'json')).stdout)).not.toHaveProperty('since');
});

test('as Markdown, annotations, JUnit and a message to Slack', async () => {
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const [markdown, github, junit, slack] = await Promise.all([
    check(...SINCE, 'markdown'),
    releaseMatrix(['check', 'v1.4.0-rc.2', '--from', from, ...SINCE, 'github'], { GITHUB_STEP_SUMMARY: summary }),
    check(...SINCE, 'junit'),
    check(...SINCE, 'slack'),
  ]);
  const ordered = (text: string, ...parts: string[]) => {
    const places = parts.map((part) => text.indexOf(part));
    expect([parts.filter((_, at) => places[at] === -1), places.toSorted((a, b) => a - b)]).toEqual([[], places]);
  };
  const marked = LINE.replace('v1.3.0', '`v1.3.0`');
  ordered(
    markdown.stdout,
    `since \`v1.4.0-rc.1\`: ${marked}`,
    '### 2 errors',
    '- **version-mismatch** (new) `backend#broken`: ',
    '- **version-mismatch** (since `v1.3.0`) `backend#old`: ',
    '### Fixed since `v1.4.0-rc.1`',
    '- **version-mismatch** `backend#mended`: ',
    '### Unknown, as `v1.4.0-rc.2` does not hold what they are about',
    '- **not-ready** `k8s#old` in `qa`: ',
  );
  expect(readFileSync(summary, 'utf8')).toBe(markdown.stdout);
  ordered(github.stderr, '::error ', 'broken says 1.0.0', '(new)%0A', 'old says 1.0.0', '(since v1.3.0)');
  ordered(
    junit.stdout,
    '<property name="since" value="v1.4.0-rc.1"/>',
    '<property name="fixedFindings" value="1"/>',
    '<property name="stillFindings" value="1"/>',
    '<property name="newFindings" value="1"/>',
    '<property name="unknownFindings" value="1"/>',
  );
  expect(junit.stdout).toMatch(/classname="backend#broken" name="version-mismatch"[\s\S]*?\(new\)/);
  expect(junit.stdout).toMatch(/classname="backend#old" name="version-mismatch"[\s\S]*?\(since v1\.3\.0\)/);
  const [, summarySection, owner] = JSON.parse(slack.stdout).blocks;
  expect(summarySection.text.text).toContain(`since \`v1.4.0-rc.1\`: ${marked}`);
  ordered(owner.text.text, '• version-mismatch (new): ', '• version-mismatch (since `v1.3.0`): ');
});

describe('the release that it is held against', () => {
  test.each([
    ['v1.3.0', 'since v1.3.0: fixed 0, still 1 (since v1.3.0), new 1'],
    ['1.4.0-rc.2', 'since v1.4.0-rc.2: fixed 0, still 2 (the oldest since v1.3.0), new 0'],
  ])('by name: %s', async (basis, line) => {
    const { exitCode, stdout } = await check('--since', basis);
    expect([exitCode, stdout.split('\n')[2]]).toEqual([1, line]);
  });

  test('both are judged as the stage that is asked for', async () => {
    const items = [
      item('v1.4.0-alpha.1', 'backend#a', { componentVersion: 'main' }),
      item('v1.4.0-alpha.2', 'backend#a', { componentVersion: 'main' }),
    ];
    const path = join(folder, 'stages.json');
    writeFileSync(path, JSON.stringify(items));
    const words = ['check', 'v1.4.0-alpha.2', '--from', path, '--since', 'prev', '--as', 'stable', '--format', 'json'];
    const { since } = JSON.parse((await releaseMatrix(words)).stdout);
    expect([since.new, since.still.map(({ code }: { code: string }) => code)]).toEqual([[], ['immature-version']]);
  });

  test('there is none before it: that is said, and the verdict is as it is', async () => {
    const words = ['check', 'v1.3.0', '--from', from, '--since', 'prev'];
    const { exitCode, stdout } = await releaseMatrix(words);
    expect([exitCode, stdout.split('\n')[2]]).toEqual([1, 'no basis: the table holds no release before it']);
    expect(JSON.parse((await releaseMatrix([...words, '--format', 'json'])).stdout).since).toBeNull();
  });

  test('nobody has published it: nothing is said of it, with 3', async () => {
    expect(await check('--since', 'v9.9.9')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: '--since: there is no fragment of v9.9.9. The newest are v1.4.0-rc.2, v1.4.0-rc.1, v1.3.0.\n',
    });
  });

  test('is for one release', async () => {
    expect(await releaseMatrix(['check', '--all', '--from', from, '--since', 'prev'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '--since is for one release, not for --all.\n',
    });
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from '@playwright/test';
import { typeLabel } from '../../src/dashboard/elements/type-marks.ts';
import { POLICY_ITEM } from '../../src/release/item/fragment.ts';
import type { Item } from '../../src/release/item/item.ts';
import type { GateFinding, GateReport } from '../../src/release/report/gate.ts';
import type { UnknownReason } from '../../src/release/report/verdict.ts';
import { releaseMatrix } from '../cli/command.ts';
import { CASES, type Case } from '../release/cases.ts';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { grid, readInPage, status } from './live-page.ts';
import { expect, test } from './page-guards.ts';

// The screen and the command answer the same question from the same items: for every worked example, what the cells'
// names say is what `check --format json` says, and nothing else.

const TABLE = 'ReleaseFragments';

// So that every row and column of a case is drawn: the grid draws what is in view.
test.use({ viewport: { width: 1600, height: 1200 } });

// One table and one server for all cases, which follow one another; a restart for each would take minutes.
let table: FaultServer;
let server: DashboardServer;
test.beforeAll(async () => {
  table = await startFaultServer(TABLE);
  // No poll comes in between: each case opens the page anew.
  const env = { DYNAMODB_ENDPOINT: table.url, RELEASE_TABLE: TABLE, POLL_INTERVAL_SECONDS: '3600' };
  server = await startDashboardServer({ mode: 'preview', env });
});
test.afterAll(async () => {
  await server.stop();
  await table.stop();
});

// A page per case would take minutes. Each group opens one, in which a case follows upon the other.
const PER_PAGE = 30;
const GROUPS = Array.from({ length: Math.ceil(CASES.length / PER_PAGE) }, (_, at) =>
  CASES.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
);

GROUPS.forEach((cases, group) => {
  test(`screen and command agree: from “${cases[0]?.name}” on`, async ({ page }, testInfo) => {
    test.setTimeout(180_000);
    for (const [at, worked] of cases.entries()) {
      await test.step(worked.name, async () => {
        const marker = `case ${group * PER_PAGE + at}`;
        const items = [...itemsOf(worked), { version: marker, 'component#name': 'marker#case' }];
        await replaceItems(items);
        await readInPage(page);
        await page.clock.setFixedTime(worked.now);
        if (at === 0) await page.goto(server.url);
        else await page.getByRole('button', { name: 'Read now' }).click();
        // The table of this case is drawn, all of it.
        await expect(page.getByRole('rowheader', { name: new RegExp(`^${marker}, `) })).toBeVisible();
        await expect(status(page)).toContainText('Live');

        // The matrix weighs each release as its own stage, and asks for all types.
        const said = await check(worked, items, testInfo.outputPath('items.json'));
        const shown = await readRow(page, worked.release);
        if (said.fragments === 0) {
          // Nothing is known of it: the screen has no row for it, so nothing that could look like a pass.
          expect({ shown, findings: said.findings }).toEqual({ shown: null, findings: [] });
          return;
        }
        expect(shown).toEqual({ name: nameSaidBy(said), cells: cellsSaidBy(said) });
        // And what the command says is what is to be said.
        if (worked.as === undefined && worked.notYet === undefined) expect(said.verdict).toBe(worked.expect.verdict);
      });
    }
  });
});

/** What the table holds in a case, with the policy where the case has one. */
function itemsOf({ items, policy }: Case): readonly Item[] {
  if (policy === undefined) return items;
  const document = JSON.stringify(policy);
  return [...items, { version: POLICY_ITEM.release, 'component#name': POLICY_ITEM.component, document }];
}

async function check({ release, now }: Case, items: readonly Item[], file: string): Promise<GateReport> {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(items));
  const ran = await releaseMatrix(['check', release, '--from', file, '--now', now, '--format', 'json']);
  return JSON.parse(ran.stdout);
}

async function replaceItems(items: readonly Item[]): Promise<void> {
  const { client } = table.table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE }));
  for (const { version, 'component#name': component } of Items) {
    await client.send(new DeleteCommand({ TableName: TABLE, Key: { version, 'component#name': component } }));
  }
  for (const item of items) await client.send(new PutCommand({ TableName: TABLE, Item: item }));
}

/** What is said of the cells of one release that have findings: `Kubernetes api` → its codes, in order. */
type CellWords = Readonly<Record<string, readonly string[]>>;

interface ShownRow {
  /** The accessible name of its header. */
  readonly name: string;
  readonly cells: CellWords;
}

/** Reads a release's row by roles and names, as a screen reader would; null where there is none. */
async function readRow(page: Page, release: string): Promise<ShownRow | null> {
  const matrix = grid(page);
  const columns = await matrix
    .getByRole('columnheader')
    .evaluateAll((heads) => heads.map((head) => `${head.ariaDescription} ${head.ariaLabel}`));
  // None is out of view.
  await expect(matrix).toHaveAttribute('aria-colcount', String(columns.length + 1));
  const headed = page.getByRole('rowheader', { name: new RegExp(`^${literal(spoken(release))}, `) });
  const row = matrix.getByRole('row').filter({ has: headed });
  if ((await row.count()) === 0) return null;
  const name = await row.getByRole('rowheader').evaluate((head) => head.ariaLabel ?? '');
  const names = await row.getByRole('gridcell').evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ''));
  expect(names).toHaveLength(columns.length);
  const found = names.flatMap((sentence, column): [string, readonly string[]][] => {
    const codes = codesIn(sentence);
    return codes.length === 0 ? [] : [[columns[column] ?? '', codes]];
  });
  return { name, cells: Object.fromEntries(found) };
}

/** Accessible names have blanks for any white space. */
function spoken(release: string): string {
  return release.replaceAll(/\s+/g, ' ');
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The codes that a cell's sentence says; "missing" and "arriving" are words for one, "left out" is none. */
function codesIn(sentence: string): readonly string[] {
  const missing = /: (?:missing|arriving)(?:,|$)/.test(sentence) ? ['missing-component'] : [];
  const listed = /\d+ findings?: (.+)$/.exec(sentence)?.[1]?.split(', ') ?? [];
  return [...missing, ...listed].sort();
}

function cellsSaidBy({ findings }: GateReport): CellWords {
  const cells = new Map<string, Set<string>>();
  for (const finding of findings) {
    if (finding.component === null) continue;
    const [type = '', ...name] = finding.component.split('#');
    const column = `${typeLabel(type)} ${name.join('#')}`;
    const codes = cells.get(column) ?? new Set();
    codes.add(
      finding.waived === null || finding.code === 'missing-component' ? finding.code : `${finding.code} (waived)`,
    );
    cells.set(column, codes);
  }
  return Object.fromEntries([...cells].map(([column, codes]) => [column, [...codes].sort()]));
}

/** The row's name as the command's object has it: tag, stage, verdict and why, completeness, numbers of findings. */
function nameSaidBy({ release, stage, verdict, unknown, completeness, findings }: GateReport): string {
  const { roster, present, expected, missing } = completeness;
  const whole = roster === 'none' ? 'completeness unknown' : `${present} of ${expected} components`;
  const reasons = {
    'no-fragments': 'there is no fragment of it',
    'no-roster': 'nothing says what belongs to it',
    arriving: missing.length === 0 ? 'it is still being rolled out' : `${missing.length} of ${expected} still arriving`,
    partial: `it holds ${present} of ${expected}, and nothing says whether that is intended`,
    evidence: 'evidence that is asked for is not there yet',
    policy: 'the policy cannot be read',
  } satisfies Record<UnknownReason, string>;
  const why = unknown.map((reason) => reasons[reason]).join('; ');
  // What a reason says already is not said twice.
  const isTold = unknown.includes('no-roster') || unknown.includes('partial');
  const count = (noun: string, many: string, counts: (finding: GateFinding) => boolean): string[] => {
    const number = findings.filter(counts).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? noun : many}`];
  };
  return [
    release,
    stage,
    why === '' ? verdict : `${verdict}: ${why}`,
    ...(isTold ? [] : [whole]),
    ...count('error', 'errors', ({ severity, waived }) => severity === 'error' && waived === null),
    ...count('warning', 'warnings', ({ severity, waived }) => severity === 'warning' && waived === null),
    ...count('note', 'notes', ({ severity, waived }) => severity === 'info' && waived === null),
    ...count('waived', 'waived', ({ waived }) => waived !== null),
    ...count('waiver ends within a week', 'waivers end within a week', ({ waived }) => waived?.soon === true),
  ].join(', ');
}

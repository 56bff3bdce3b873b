import { startIntake } from '../../src/live/fragment-intake.ts';
import { addNews, NO_NEWS } from '../../src/live/news.ts';
import { reportMaker } from '../../src/live/report-maker.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { News } from '../../src/views/matrix/news.ts';
import { collectGarbage } from '../collect-garbage.ts';
import type { Line } from './results.ts';

/** An hour at the shortest usual interval of five seconds. */
const POLLS = 720;
/** After as many the code is compiled, and every structure has been made anew a few times. */
const WARM_UP = 72;
/** Polls between two releases that come; with each one the oldest goes, so that the table stays as large as it is. */
const RELEASE_EVERY = 24;
const CHANGES_PER_POLL = 3;
/** What a page of DynamoDB's holds of fragments of the usual size. */
const PAGE = 2_000;

/**
 * An hour of a dashboard that is kept open, without a browser around it: every poll reads the whole table through the
 * intake, and makes the report and the news out of it. What the heap holds at the end, beside after the warm-up.
 *
 * @param items plain items of a table, its releases one after the other
 */
export async function benchHour(items: readonly Item[]): Promise<Line[]> {
  const maker = reportMaker();
  let table: TableData | null = null;
  let news: News = NO_NEWS;
  let stored = [...items];
  let warm = Number.NaN;
  for (let poll = 0; poll < POLLS; poll++) {
    stored = changed(stored, poll);
    // A reading brings objects of its own, whatever has changed.
    const read = stored.map((item) => ({ ...item }));
    const intake = startIntake(table, DOCUMENTED_KEYS, DEFAULTS_IN_FORCE.policy.environments, UNSTOPPED);
    for (let at = 0; at < read.length; at += PAGE) intake.take(read.slice(at, at + PAGE));
    const taken = await intake.finish(read);
    news = addNews(news, taken.change);
    table = { ...SURROUNDINGS, ...taken, readAt: new Date(START + poll * 5_000).toISOString() };
    maker.take(table);
    await maker.settled();
    if (poll === WARM_UP) warm = heapMegabytes();
  }
  const end = heapMegabytes();
  const shown = maker.shown.get();
  const report = shown !== null && 'report' in shown ? shown.report : null;
  const isRight = table !== null && report !== null && JSON.stringify(report) === anew(table, report.readAt);
  const subject = `an hour of changes (${items.length} fragments, ${POLLS} polls)`;
  return [
    { subject, measure: 'heap at its end, MB', ours: [end], other: [warm], otherName: 'after warm-up', target: null },
    // No number where the report is not the one made anew: what forgets is small as well.
    {
      subject,
      measure: 'heap at its end, ratio',
      ours: [isRight ? end / warm : Number.NaN],
      target: { atMost: 1.05, goal: 'flat' },
    },
  ];
}

const START = Date.parse('2026-11-22T10:00:00.000Z');
const UNSTOPPED = new AbortController().signal;
const SURROUNDINGS = {
  policy: DEFAULTS_IN_FORCE,
  keyNames: DOCUMENTED_KEYS,
  keysFrom: 'table',
  readUnits: null,
  tookMs: 1,
  incomplete: null,
  access: null,
  detection: null,
} as const;

function anew({ fragments, rejected, policy }: TableData, readAt: string): string {
  return JSON.stringify(makeReport(null, { fragments, rejected, readAt }, policy.policy).report);
}

function changed(items: Item[], poll: number): Item[] {
  const next = [...items];
  for (let change = 0; change < CHANGES_PER_POLL; change++) {
    const at = (poll * 7919 + change * 104_729) % next.length;
    next[at] = { ...next[at], commit: `c${poll}${change}` };
  }
  if (poll % RELEASE_EVERY !== RELEASE_EVERY - 1) return next;
  const oldest = next[0]?.version;
  const going = next.filter(({ version }) => version === oldest);
  const version = `v9.${poll}.0`;
  return [...next.slice(going.length), ...going.map((item) => ({ ...item, version }))];
}

function heapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

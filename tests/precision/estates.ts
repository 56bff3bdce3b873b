import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRealData } from '../../src/demo/real-data.ts';
import type { FindingCode, Severity } from '../../src/release/finding/finding.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';
import type { UnknownReason, Verdict } from '../../src/release/report/verdict.ts';

/** Long after all of them were released, so that nothing is on its way. */
const READ_AT = '2026-11-28T21:00:00.000Z';

/** A release history, judged. */
export interface Estate {
  readonly name: string;
  readonly report: Report;
  /** What should be said of it; null: nobody has written that down. */
  readonly expected: Said | null;
}

/** What is said of each release, by tag. */
export type Said = Readonly<Record<string, SaidOfRelease>>;

export interface SaidOfRelease {
  readonly verdict: Verdict['result'];
  readonly unknown: readonly UnknownReason[];
  /** In any order. */
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly severity: Severity;
    readonly component: string | null;
    readonly environment: string | null;
  }[];
}

/** Items a line, or what a project publishes of its releases as JSON; either may be compressed. */
const ESTATE = /^(?<name>.+?)\.(?<form>ndjson|json)(?:\.gz)?$/;
const EXPECTED = /\.expected\.json(?:\.gz)?$/;

/**
 * Reads and judges the release histories of a folder, by name.
 *
 * @throws Error for a file that cannot be read as one
 */
export function* estatesOf(folder: string): Generator<Estate> {
  for (const file of readdirSync(folder).sort()) {
    const { name, form } = ESTATE.exec(file)?.groups ?? {};
    if (name === undefined || EXPECTED.test(file)) continue;
    const path = join(folder, file);
    const items = form === 'json' ? readRealData(textOf(path)).items : itemsOf(path);
    yield { name, report: judged(items), expected: expectedOf(folder, name) };
  }
}

/** The report on items, without a policy. */
export function judged(items: readonly Item[]): Report {
  const read = readItems(items, DOCUMENTED_KEYS, DEFAULT_POLICY.environments);
  return makeReport(null, { ...read, readAt: READ_AT }).report;
}

/** The items of a file that holds one a line. */
export function itemsOf(path: string): Item[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [JSON.parse(line)];
      } catch (error) {
        throw new Error(
          `${basename(path)}, line ${index + 1} is not JSON: ${error instanceof Error ? error.message : error}`,
        );
      }
    });
}

/** What a report says of each release, as it is written down. */
export function saidOf({ rows }: Report): Said {
  return Object.fromEntries(
    rows.map(({ release, verdict, findings }) => [
      release.tag,
      {
        verdict: verdict.result,
        unknown: verdict.unknown,
        findings: findings.map(({ code, severity, component, environment }) => ({
          code,
          severity,
          component,
          environment,
        })),
      },
    ]),
  );
}

/** Where two say something else of a release, in words: the first what is said, the second what should be. */
export function differences(said: Said, expected: Said): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(said)])].flatMap((tag) => {
    const [one, other] = [linesOf(said[tag]), linesOf(expected[tag])];
    const more = one.filter((line) => !other.includes(line));
    const less = other.filter((line) => !one.includes(line));
    if (more.length + less.length === 0) return [];
    return [
      `${tag}:${more.map((line) => `\n  says ${line}`).join('')}${less.map((line) => `\n  lacks ${line}`).join('')}`,
    ];
  });
}

/** A release's verdict and findings, a line each; twice the same finding is two lines. */
function linesOf(said: SaidOfRelease | undefined): string[] {
  if (said === undefined) return [];
  const counted = new Map<string, number>();
  const findings = said.findings.map(({ code, severity, component, environment }) => {
    const line = [severity, code, component, environment === null ? null : `in ${environment}`]
      .filter((word) => word !== null)
      .join(' ');
    const times = (counted.get(line) ?? 0) + 1;
    counted.set(line, times);
    return times === 1 ? line : `${line} (${times})`;
  });
  return [[said.verdict, ...said.unknown].join(' '), ...findings];
}

function expectedOf(folder: string, name: string): Said | null {
  const path = ['.expected.json', '.expected.json.gz'].map((end) => join(folder, `${name}${end}`)).find(existsSync);
  return path === undefined ? null : JSON.parse(textOf(path));
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

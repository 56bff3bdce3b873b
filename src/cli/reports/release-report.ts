import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { currentReleases } from '../../release/deployed/current-releases.ts';
import { foldEnvironment } from '../../release/item/environment.ts';
import { type Fragment, readItems } from '../../release/item/fragment.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { sortReleases } from '../../release/item/release.ts';
import type { PolicyInForce, PolicySource } from '../../release/policy/policy-item.ts';
import { factsOf, type GateInput, type GateReport, gateRelease, gateTable } from '../../release/report/gate.ts';
import type { OnlyChanges } from '../../release/report/only-changes.ts';
import { listOwned, ownerFault } from '../../release/report/owned.ts';
import { EXIT, ExitError, usage } from '../context/exit-codes.ts';
import { policyInForce } from '../table/policy-option.ts';
import type { ItemsRead } from '../table/table-options.ts';
import type { Question } from './report-options.ts';

/** What every report of a release is written from. */
export interface ReleaseReport {
  readonly said: GateReport;
  /** The same with every finding, where only somebody's are listed. */
  readonly whole: GateReport;
  readonly source: PolicySource;
  /** By component id. */
  readonly owners: ReadonlyMap<string, string>;
  /** The newest releases there are, where there is no fragment of this one: it may be a slip of the pen. */
  readonly newest: readonly string[];
  /** Address of the release on somebody's dashboard; null: none was given. */
  readonly link: string | null;
  /** What is to be said of the table as a whole. */
  readonly onlyChanges: OnlyChanges | null;
  /** For the dashboard in one file. */
  readonly shown: ShownItems;
}

/** What was read, and how it was judged. */
export interface ShownItems {
  readonly input: GateInput;
  readonly policy: PolicyInForce;
  readonly keys: KeyNames;
  /** Where it was read; null: from a file. */
  readonly table: ItemsRead['table'];
  /** Options by which a release is judged otherwise than on the dashboard. */
  readonly otherwise: readonly string[];
}

/** What every report of many releases is written from. */
export interface TableReport {
  /** Newest first. */
  readonly said: readonly GateReport[];
  readonly source: PolicySource;
  /** ISO 8601. */
  readonly readAt: string;
  readonly digest: string;
  /** How many fragments the table holds. */
  readonly fragments: number;
  readonly linkOf: (release: string) => string | null;
  readonly onlyChanges: OnlyChanges | null;
  /** For the dashboard in one file. */
  readonly shown: ShownItems;
  /** Tags of those that are reported; null: all of the table. */
  readonly only: readonly string[] | null;
}

/**
 * Judges a release by items that were read.
 *
 * @throws ExitError `usage` for a broken policy document or an environment or owner that nobody knows; `unknown` where there is no fragment of what it is held against
 */
export function reportRelease(read: ItemsRead, release: string, question: Question): ReleaseReport {
  const { input, policy } = gateInput(read, question);
  const { source } = policy;
  const notYet = new Set(question.notYet);
  const environment = environmentOf(question, input);
  const { said: whole, ...gated } = gateRelease(
    input,
    release,
    question.as ?? null,
    notYet,
    question.since ?? null,
    environment,
    question.only,
  );
  if (gated.unknownBasis !== null) {
    const newest = newestOf(input.fragments);
    const there = newest.length === 0 ? 'There are no releases.' : `The newest are ${newest.join(', ')}.`;
    throw new ExitError(EXIT.unknown, `--since: there is no fragment of ${gated.unknownBasis}. ${there}`);
  }
  const said = question.owner === undefined ? whole : listOwned(whole, gated.owners, question.owner);
  return {
    said,
    whole,
    source,
    owners: gated.owners,
    newest: whole.fragments === 0 ? newestOf(input.fragments) : [],
    link: linkOf(question, release),
    onlyChanges: gated.onlyChanges,
    shown: shownOf(read, question, input, policy),
  };
}

/**
 * Judges every release of a table by items that were read, at once.
 *
 * @param onlyCurrent leave out what a later release has superseded
 * @throws ExitError (usage) for a broken policy document, or an environment or owner that nobody knows
 */
export function reportTable(read: ItemsRead, onlyCurrent: boolean, question: Question): TableReport {
  const { input, policy } = gateInput(read, question);
  const { source } = policy;
  const { said, report, owners, onlyChanges } = gateTable(
    input,
    question.as ?? null,
    new Set(question.notYet),
    environmentOf(question, input),
  );
  const current = onlyCurrent ? currentReleases(report) : null;
  const { owner } = question;
  const listed = owner === undefined ? said : said.map((one, row) => listOwned(one, owners(row), owner));
  return {
    said: current === null ? listed : listed.filter(({ release }) => current.has(release)),
    source,
    readAt: input.readAt,
    digest: input.digest,
    fragments: report.fragments,
    linkOf: (release) => linkOf(question, release),
    onlyChanges,
    shown: shownOf(read, question, input, policy),
    only: current === null ? null : [...current],
  };
}

function shownOf({ keys, table }: ItemsRead, question: Question, input: GateInput, policy: PolicyInForce): ShownItems {
  const { as, notYet, since, environment, only, owner } = question;
  const asked = { as, 'not-yet': notYet, since, environment, only, owner };
  const otherwise = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  return { input, policy, keys, table, otherwise };
}

function gateInput({ items, keys }: ItemsRead, question: Question): { input: GateInput; policy: PolicyInForce } {
  const inForce = policyInForce(question.policy, items, keys);
  const { policy } = inForce;
  const read = readItems(items, keys, policy.environments);
  const fault = question.owner === undefined ? null : ownerFault(question.owner, read.fragments);
  if (fault !== null) throw usage(`--owner: ${fault}`);
  const facts = canonicalize(factsOf([...read.fragments, ...read.rejected, ...read.evidence], policy)) ?? '';
  const digest = `sha256:${createHash('sha256').update(facts).digest('hex')}`;
  return { input: { ...read, readAt: question.now, policy, digest }, policy: inForce };
}

/** Folded; null: none is asked for. One that is spelt wrongly would never be frozen. */
function environmentOf({ environment }: Question, { policy, fragments }: GateInput): string | null {
  if (environment === undefined) return null;
  const { environments, freezes, withdrawn } = policy;
  const name = foldEnvironment(environment, environments);
  const gone = withdrawn.environments.get(name);
  if (gone !== undefined) {
    throw usage(`--environment: ${name} is withdrawn since ${gone.date}: ${gone.reason} (${gone.by}).`);
  }
  const known = new Set([
    ...environments.order,
    ...(environments.groups?.keys() ?? []),
    ...freezes.map((freeze) => freeze.environment),
    ...fragments.flatMap((fragment) => fragment.environments),
  ]);
  if (known.has(name)) return name;
  throw usage(
    `--environment: expected one of ${[...known].join(', ')}, received ${name}. A new one belongs into environments.order of the policy.`,
  );
}

function linkOf({ link }: Question, release: string): string | null {
  return link === undefined ? null : new URL(link.replaceAll('{release}', encodeURIComponent(release))).href;
}

const MOST_NEWEST = 3;

function newestOf(fragments: readonly Fragment[]): readonly string[] {
  const tags = sortReleases([...new Set(fragments.map(({ release }) => release))]).map(({ tag }) => tag);
  return tags.slice(0, MOST_NEWEST);
}

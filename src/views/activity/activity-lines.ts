import type { Finding } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import type { ChangeEvent, FieldChange } from '../../release/history/changes.ts';
import type { Happening } from '../../release/history/timeline.ts';
import type { VerdictCause, VerdictChange } from '../../release/history/verdict-folding.ts';
import type { Evidence } from '../../release/item/evidence.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import { unfinishedRollOut } from '../../release/matrix/roll-out.ts';
import type { WrittenPolicy } from '../../release/policy/policy-item.ts';
import { completenessWords, whyUnknown } from '../../release/report/verdict-words.ts';
import { FIELD_LABELS, FIELD_ORDER, withinSentence } from '../words/field-words.ts';

/** What happened, in a line: what is as it should be, and what is not. Either may be empty. */
export interface LineWords {
  readonly what: string;
  readonly deviation: string;
  /** The one place that it is about. Absent: it is about none, or several. */
  readonly place?: LinePlace;
}

export interface LinePlace {
  /** Id. */
  readonly component: string;
  readonly environment: string | null;
}

type OfFragment = Extract<Happening, { readonly fragment: Fragment }>;
type OfChange = Extract<Happening, { readonly change: ChangeEvent }>;

/**
 * "payments published orders 1.6.1", "12 workloads", "catalog 3 of 3 → 1 of 3 ready", "e2e passed".
 *
 * @param happenings of one kind; at least one
 * @param ownerOf null: nobody says
 */
export function wordsOf(happenings: readonly Happening[], ownerOf: (of: Fragment) => string | null): LineWords {
  const [first] = happenings;
  switch (first?.kind) {
    case undefined:
      return { what: '', deviation: '' };
    case 'checked':
      return checkedWords(first.evidence);
    case 'policy':
      return { what: policyWords(first.policy), deviation: '' };
    case 'published':
      return { what: publishedWords(latest(happenings), ownerOf), deviation: '' };
    case 'rolled-out':
      return rolledOutWords(latest(happenings));
    case 'ready':
    case 'replaced':
      return changedWords(latest(happenings));
  }
}

/**
 * "pass → fail: catalog in prod: 1 of 3 ready"; "unknown → pass: no longer “3 of 63 still arriving”"; of the first one
 * "pass: nothing blocks it, 63 of 63 components"; where nobody knows since when "by then fail: payment-service is missing from v1.6.0".
 *
 * @param named the finding of the cause that is told; null: there is none
 */
export function verdictWords({ before, after, cause }: VerdictChange, named: Finding | null): LineWords {
  const was = before === 'none' ? '' : before === 'not-known' ? 'by then ' : `${before} → `;
  const said = `${was}${after}: ${causeWords(cause, named)}`;
  const place =
    named === null || named.component === null ? {} : { place: placeOf(named.component, named.environment) };
  return after === 'fail' ? { what: '', deviation: said, ...place } : { what: said, deviation: '', ...place };
}

function placeOf(component: string, environment: string | null | undefined): LinePlace {
  return { component, environment: environment ?? null };
}

function causeWords(cause: VerdictCause, named: Finding | null): string {
  const title = named === null ? '' : describeFinding(named).title;
  switch (cause.kind) {
    case 'blocks':
      return `${title}${othersWords(cause.findings.length - 1)}`;
    case 'settled':
      return `no longer “${title}”${othersWords(cause.findings.length - 1)}`;
    case 'open':
      return whyUnknown(cause);
    case 'told':
      return `no longer “${whyUnknown(cause)}”`;
    case 'whole':
      return `nothing blocks it, ${completenessWords(cause.completeness)}`;
  }
}

function othersWords(others: number): string {
  return others === 0 ? '' : `, and ${others} more`;
}

/** What the item of a line says of one component: its version, or what became of it. */
export function itemWords(happening: Happening): string {
  if (!('fragment' in happening)) return '';
  if ('change' in happening) return changeWords(happening);
  const { fragment } = happening;
  const ready = fragment.type === 'k8s' ? readiness(fragment) : '';
  return [fragment.ownVersion, ready].filter(Boolean).join(', ');
}

/** Of each component only what was observed last: a roll-out that was watched is one, whatever was seen of it. */
export function latest(happenings: readonly Happening[]): OfFragment[] {
  const last = new Map<string, OfFragment>();
  for (const happening of happenings) {
    if (!('fragment' in happening)) continue;
    const { id } = happening.fragment;
    last.delete(id);
    last.set(id, happening);
  }
  return [...last.values()];
}

function publishedWords(published: readonly OfFragment[], ownerOf: (of: Fragment) => string | null): string {
  const owners = new Set(published.map(({ fragment }) => ownerOf(fragment)));
  const [owner] = owners;
  const things =
    published.length <= NAMED
      ? published.map(({ fragment: { name, ownVersion } }) => `${name} ${ownVersion}`).join(', ')
      : `${published.length} components`;
  if (owners.size === 1) return owner == null ? `${things} published` : `${owner} published ${things}`;
  return `${things} published by ${owners.size} owners`;
}

/** So many are named in a line; more are counted. */
const NAMED = 2;

function rolledOutWords(rolledOut: readonly OfFragment[]): LineWords {
  const count = rolledOut.length;
  const [only] = rolledOut;
  const what = count === 1 && only !== undefined ? only.fragment.name : `${count} workloads`;
  const unready = rolledOut.filter(({ fragment }) => unfinishedRollOut(fragment) !== null);
  if (unready.length === 0) return { what, deviation: '' };
  const named = unready.map(({ fragment }) => `${fragment.name} ${stillWords(fragment)}`);
  const deviation = unready.length <= NAMED ? named.join(', ') : `${unready.length} not ready`;
  return { what, deviation, ...placeOfOnly(unready) };
}

/** Of several there is none to lead to. */
function placeOfOnly([only, ...others]: readonly OfFragment[]): Pick<LineWords, 'place'> {
  if (only === undefined || others.length > 0) return {};
  return { place: placeOf(only.fragment.component, only.fragment.environments[0]) };
}

/** All of it may be ready, and of an older specification. */
function stillWords(fragment: Fragment): string {
  const { ready, desired } = unfinishedRollOut(fragment) ?? { ready: 0, desired: 0 };
  return ready < desired ? readiness(fragment) : 'not finished';
}

function changedWords(changed: readonly OfFragment[]): LineWords {
  const changes = changed.filter((one): one is OfChange => 'change' in one);
  const what =
    changes.length <= NAMED
      ? changes.map((one) => `${one.fragment.name} ${changeWords(one)}`).join('; ')
      : `${changes.length} ${changes[0]?.kind === 'ready' ? 'workloads are otherwise ready' : 'published again'}`;
  const retagged = changes.filter(({ change }) => change.retagged).length;
  return { what, deviation: retagged === 0 ? '' : 'other content under the same tag', ...placeOfOnly(changes) };
}

/** "3 → 1 of 3 ready", "commit 1a2b3c4 → 5d6e7f8", "links and 2 more changed". */
function changeWords({ kind, fragment, change: { fields, attributes } }: OfChange): string {
  if (kind === 'ready') {
    const ready = fields.find(({ field }) => field === 'readyReplicas');
    return ready === undefined ? readiness(fragment) : `${ready.from ?? 0} → ${readiness(fragment)}`;
  }
  // The date is another whenever something is published.
  const telling = fields.filter(({ field }) => field !== 'date');
  const [first] = FIELD_ORDER.flatMap((name) => telling.find(({ field }) => field === name) ?? []);
  const others = Math.max(telling.length - 1, 0) + attributes.count;
  if (first === undefined) return attributes.count === 0 ? 'published again' : `changed ${attributes.names.join(', ')}`;
  const more = others === 0 ? '' : `, and ${others} more`;
  return `${withinSentence(FIELD_LABELS[first.field])} ${fromTo(first)}${more}`;
}

function fromTo({ from, to }: FieldChange): string {
  return `${short(from)} → ${short(to)}`;
}

/** Of a commit or a digest as much as tells it from others. */
function short(text: string | null): string {
  if (text === null) return 'none';
  return text.replace(LONG_HEX, (hex) => hex.slice(0, SHORT));
}

const LONG_HEX = /\b[0-9a-f]{16,64}\b/g;
const SHORT = 7;

function readiness({ fields: { replicas, readyReplicas = 0 } }: Fragment): string {
  return replicas === undefined ? 'readiness unknown' : `${readyReplicas} of ${replicas} ready`;
}

function checkedWords({ name, component, result, counts, environment, principal, revoked, note }: Evidence): LineWords {
  const of = component === null ? '' : ` of ${component.slice(component.indexOf('#') + 1)}`;
  const where = environment === null ? '' : ` in ${environment}`;
  const said = note === null ? '' : `: ${note}`;
  if (principal !== null) {
    const who = principal.slice(principal.lastIndexOf('/') + 1);
    if (revoked) return { what: '', deviation: `${who} took ${name}${of} back${said}` };
    return result === 'pass'
      ? { what: `${who} signed ${name}${of}${said}`, deviation: '' }
      : { what: '', deviation: `${who} rejected ${name}${of}${said}` };
  }
  if (result === 'pass') {
    const tests = counts === null ? '' : ` (${counts.tests} tests)`;
    return { what: `${name}${of} passed${where}${tests}`, deviation: '' };
  }
  const failed = counts === null ? said : `: ${counts.failures + counts.errors} of ${counts.tests} tests`;
  return { what: '', deviation: `${name}${of} failed${where}${failed}` };
}

function policyWords({ publishedBy, changed }: WrittenPolicy): string {
  const by = publishedBy === null ? '' : `${publishedBy.slice(publishedBy.lastIndexOf('/') + 1)} `;
  const parts = changed === null || changed.length === 0 ? '' : `: ${changed.join(', ')}`;
  return changed === null ? `${by}wrote the policy` : `${by}changed the policy${parts}`;
}

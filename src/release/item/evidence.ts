import { readTime, showValue } from './fields.ts';
import type { Item, PlainValue } from './item.ts';

/** CI's evidence lies under its release, at RANGE keys that begin so: a publisher's rights suffice for it. */
export const EVIDENCE_TYPE = 'evidence';
/** HASH key of what persons sign: by it IAM keeps CI from signing for them (`dynamodb:LeadingKeys`). */
export const SIGN_OFFS_KEY = 'release-matrix:sign-offs';
/** What a check may be called. */
export const EVIDENCE_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** What a component is, wherever it runs: by the best that its fragment says. */
export interface Content {
  readonly kind: 'commit' | 'digest' | 'version';
  readonly text: string;
}

/** What of a component was checked. */
export interface Covered {
  /** `<type>#<name>` of what is built, never of a workload: where something runs does not change what it is. */
  readonly component: string;
  readonly content: Content;
}

/** How many tests there were. */
export interface TestCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** This check was made of this content, with this result: a test run, a scan, a person's sign-off. */
export interface Evidence {
  /** Names the item within the table, as `Fragment#id`. */
  readonly id: string;
  /** Tag of the release that was checked, as stored. */
  readonly release: string;
  /** What was checked: `smoke`, `qa`. */
  readonly name: string;
  /** The one component that was checked; null: the release as a whole. */
  readonly component: string | null;
  readonly result: 'pass' | 'fail';
  /** By component id. */
  readonly covers: readonly Covered[];
  readonly counts: TestCounts | null;
  readonly environment: string | null;
  /** Address of the report. */
  readonly link: string | null;
  readonly note: string | null;
  /** Who signed, as the protected key says it; null: CI. */
  readonly principal: string | null;
  /** Whoever signed has taken it back: it says nothing any more. */
  readonly revoked: boolean;
  /** The CI's run, an address. */
  readonly run: string | null;
  /** ISO 8601 in UTC. */
  readonly publishedAt: string;
  readonly item: Item;
}

export type EvidenceReading =
  | { readonly evidence: Evidence }
  /** What was expected and what came, and of which release it would be as far as its key says. */
  | { readonly reason: string; readonly release: string | null };

/** What the keys of an item say. */
interface EvidenceKey {
  readonly release: string;
  readonly name: string;
  readonly component: string | null;
  readonly principal: string | null;
}

/** Whether an item with these keys is evidence, readable or not. */
export function isEvidenceKey(release: string, key: string): boolean {
  return release === SIGN_OFFS_KEY || key.startsWith(`${EVIDENCE_TYPE}#`);
}

/**
 * Reads an item of evidence. Whole or not at all: what is half read could make something green. Never throws.
 *
 * @param hash the item's HASH key, of which `isEvidenceKey` holds
 * @param key its RANGE key
 */
export function readEvidence(id: string, hash: string, key: string, item: Item): EvidenceReading {
  const keys = hash === SIGN_OFFS_KEY ? readSignOffKey(key) : readCiKey(hash, key);
  if ('reason' in keys) return { reason: keys.reason, release: hash === SIGN_OFFS_KEY ? null : hash };
  const faults: string[] = [];
  const take = <T>(attribute: string, expected: string, read: (value: PlainValue) => T | undefined): T | null => {
    const value = Object.hasOwn(item, attribute) ? item[attribute] : undefined;
    if (value === undefined || value === null || value === '') return null;
    const found = read(value);
    if (found === undefined) faults.push(`“${attribute}” must hold ${expected}; received ${showValue(value)}`);
    return found ?? null;
  };
  const result = take('result', 'pass or fail', (value) => (value === 'pass' || value === 'fail' ? value : undefined));
  const covers = take('covers', COVERS, readCovers);
  const publishedAt = take('publishedAt', 'an ISO 8601 time such as 2026-11-20T12:00:00Z', readTime);
  const told = {
    counts: take('counts', 'whole numbers called tests, failures, errors and skipped', readCounts),
    environment: take('environment', 'text', asText),
    link: take('link', 'text', asText),
    note: take('note', 'text', asText),
    run: take('publishedBy', 'text', asText),
    revoked: take('revoked', 'true or false', (value) => (typeof value === 'boolean' ? value : undefined)) ?? false,
  };
  if (faults.length === 0) {
    if (result === null) faults.push('it has no “result”: expected pass or fail');
    if (covers === null) faults.push('it has no “covers”, which says what was checked');
    if (publishedAt === null) faults.push('it has no “publishedAt”, so its order is unknown');
    if (keys.component !== null && covers?.some(({ component }) => component !== keys.component)) {
      faults.push(`it is of ${keys.component} alone, and “covers” names others`);
    }
  }
  if (faults.length > 0 || result === null || covers === null || publishedAt === null) {
    return { reason: `The evidence ${showValue(key)} cannot be read: ${faults.join('; ')}.`, release: keys.release };
  }
  return { evidence: { id, ...keys, result, covers, publishedAt, ...told, item } };
}

/** `evidence#smoke`, or `evidence#unit/backend#orders`. */
function readCiKey(release: string, key: string): EvidenceKey | { readonly reason: string } {
  const rest = key.slice(EVIDENCE_TYPE.length + 1);
  const slash = rest.indexOf('/');
  const name = slash === -1 ? rest : rest.slice(0, slash);
  const component = slash === -1 ? null : rest.slice(slash + 1);
  if (!EVIDENCE_NAME.test(name)) return { reason: noName(key, 'evidence#<name>') };
  if (component !== null && !isBuiltComponent(component)) {
    return {
      reason: `The evidence ${showValue(key)} names no component that is built: expected evidence#<name>/<type>#<name>.`,
    };
  }
  return { release, name, component, principal: null };
}

/** `v1.4.0#qa#Release/jane@acme.com`. A tag may hold a #, the others do not. */
function readSignOffKey(key: string): EvidenceKey | { readonly reason: string } {
  const [, release = '', name = '', principal = ''] = /^(.+)#([^#]*)#([^#]+)$/s.exec(key) ?? [];
  if (!EVIDENCE_NAME.test(name)) return { reason: noName(key, '<release>#<name>#<principal>') };
  return { release, name, component: null, principal };
}

function noName(key: string, expected: string): string {
  return `The evidence ${showValue(key)} has no name: expected ${expected}, the name of small letters, digits and hyphens.`;
}

/** Whether evidence can be of it: an id of any type but of what runs. */
export function isBuiltComponent(id: string): boolean {
  return /^[^#]+#./s.test(id) && !id.startsWith('k8s#');
}

const COVERS =
  'a map of components that are built to what was checked of them, such as {"backend#orders": {"commit": "9f3c2ab"}}';

function readCovers(value: PlainValue): Covered[] | undefined {
  if (!isMap(value)) return undefined;
  const covered: Covered[] = [];
  for (const [component, said] of Object.entries(value)) {
    const content = isBuiltComponent(component) ? readContent(said) : undefined;
    if (content === undefined) return undefined;
    covered.push({ component, content });
  }
  return covered.sort((a, b) => (a.component < b.component ? -1 : 1));
}

/** Exactly one of them, in text. */
function readContent(value: PlainValue): Content | undefined {
  if (!isMap(value)) return undefined;
  const [[kind, text] = [], more] = Object.entries(value);
  if (more !== undefined || (kind !== 'commit' && kind !== 'digest' && kind !== 'version')) return undefined;
  return typeof text === 'string' && text !== '' ? { kind, text } : undefined;
}

function readCounts(value: PlainValue): TestCounts | undefined {
  if (!isMap(value)) return undefined;
  const count = (name: string): number | null => {
    const said = Object.hasOwn(value, name) ? value[name] : undefined;
    return typeof said === 'number' && Number.isSafeInteger(said) && said >= 0 ? said : null;
  };
  const [tests, failures, errors, skipped] = [count('tests'), count('failures'), count('errors'), count('skipped')];
  if (tests === null || failures === null || errors === null || skipped === null) return undefined;
  return { tests, failures, errors, skipped };
}

function asText(value: PlainValue): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isMap(value: PlainValue): value is { readonly [name: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

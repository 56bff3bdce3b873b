import { z } from 'zod';
import { MAX_CHANGES, MAX_FRAGMENT_ENTRIES, MAX_SUBJECT_CHARACTERS } from '../../limits/limits.ts';
import { SHOWN_IN_LINE } from '../text/hidden-characters.ts';
import { EVIDENCE_TYPE } from './evidence.ts';
import type { FIELD_SHAPES } from './fields.ts';
import { BOOKKEEPING_PREFIX, POLICY_ITEM, WORKLOAD_KINDS } from './fragment.ts';
import { parseImage } from './image.ts';
import type { Item, KeyNames, PlainValue } from './item.ts';

/**
 * A fragment as it is handed in for publishing, and the source of the published JSON Schema. Stricter than what is read
 * from a table: reading must take whatever is there, writing need not put more of it there.
 */

/** `v` optional; the first pre-release identifier is a lower-case word or a number of its own: `rc.10`, not `rc10`. */
const RELEASE =
  /^v?(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-(?:[a-z][a-z-]*|0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-z-][0-9a-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const TYPE = /^[a-z0-9][a-z0-9._-]*$/;
/** Segments between slashes: none empty, none `.` or `..`. No `#`, which separates type and name, and no white space. */
const COMPONENT = /^(?!\.{1,2}(?:\/|$))[^\s#\\/]+(?:\/(?!\.{1,2}(?:\/|$))[^\s#\\/]+)*$/;
const ENVIRONMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const REPO = /^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)+$/;
const COMMIT = /^[0-9a-f]{7,64}$/;
const COMMIT_LINE = /^[0-9a-f]{7,64} [^\t]*(?:\t[^\t]+)?$/;
/** A SHA-256, a subject, and what it refers to. */
const MAX_COMMIT_LINE = 65 + MAX_SUBJECT_CHARACTERS + 500;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;
/** https, or http to this machine. No user name: `https://github.com@evil.example` is not GitHub. */
const LINK = /^(?:https:\/\/[^\s@\\/?#]+|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?)(?:[/?#][^\s\\]*)?$/i;
/** An artifact is a reference, a package or an address; an address that a browser would run is none. */
const RUNNABLE = /^\s*(?:javascript|data|vbscript|file|blob):/i;
/** What could not be seen, or would turn the order of what can. */
const UNPRINTABLE = new RegExp(SHOWN_IN_LINE, 'u');
/** Line ends and tabs are part of Markdown. */
export const UNPRINTABLE_IN_TEXT = /[^\P{Cc}\n\r\t]|\p{Cs}/u;
/** Names that are traps where a program builds objects by them. */
const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
export const EVOLUTION_POLICIES = [
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
  'NONE',
] as const;

const normalized = () => z.string().normalize('NFC').trim();
export const line = (max: number) =>
  normalized()
    .min(1, 'is empty')
    .max(max, `is longer than ${max} characters`)
    .refine((text) => !UNPRINTABLE.test(text), 'holds a control character or another that cannot be seen');
const names = z
  .union([line(200), z.array(line(200)).min(1).max(200)], { error: 'is not a name or a list of names' })
  .transform((value) => (typeof value === 'string' ? [value] : value));
export const environment = line(64).regex(ENVIRONMENT, 'is not an environment, such as prod');
const environments = z
  .union([environment, z.array(environment).min(1).max(MAX_FRAGMENT_ENTRIES)], {
    error: 'is not an environment or a list of environments',
  })
  .optional();
const count = z.int('is not a whole number').min(0, 'is less than 0').optional();
export const link = line(2000).regex(LINK, 'is not an https:// address');
const version = line(200).optional();
const commit = normalized().toLowerCase().regex(COMMIT, 'is not a commit: expected 7 to 64 hexadecimal digits');
const pairs = (value: z.ZodType<string, string>) =>
  z
    .record(line(100), value)
    .refine((map) => Object.keys(map).length <= MAX_FRAGMENT_ENTRIES, `holds more than ${MAX_FRAGMENT_ENTRIES} entries`)
    .refine((map) => !Object.keys(map).some((name) => PROTOTYPE_NAMES.has(name)), 'has a reserved name as label')
    .optional();
const image = line(600)
  .refine((text) => parseImage(text) !== null, 'is not an image reference, such as ghcr.io/acme/api:1.4.0')
  .optional();

/** Every documented field; `satisfies` keeps this list and that of the reader the same. */
const FIELDS = {
  componentVersion: version.describe("The component's own version, where it is versioned apart from the release."),
  environment: environments,
  environments,
  repo: line(300).regex(REPO, 'is not a repository: expected owner/name').optional().describe('owner/name'),
  commit: commit.optional().describe('Git SHA, 7 to 64 hexadecimal digits.'),
  date: z.iso
    .datetime({ offset: true, error: 'is not a time: expected ISO 8601 with a zone, such as 2026-11-20T12:00:00Z' })
    .transform((text) => new Date(text).toISOString())
    .optional(),
  artifact: line(2000)
    .refine((text) => !RUNNABLE.test(text), 'is an address that a browser would run')
    .optional()
    .describe('OCI reference, package or address.'),
  digest: normalized().regex(DIGEST, 'is not a digest, such as sha256:…').optional(),
  owner: line(200).optional(),
  changelog: z
    .string()
    .normalize('NFC')
    .refine((text) => !UNPRINTABLE_IN_TEXT.test(text), 'holds a control character or a lone surrogate')
    .optional()
    .describe('Markdown.'),
  changes: z
    .strictObject({
      commits: z
        .array(
          z
            .string()
            .normalize('NFC')
            .regex(COMMIT_LINE, 'is not a commit and its subject, such as "9f3c2ab Refuse an empty cart"')
            .max(MAX_COMMIT_LINE, `is longer than ${MAX_COMMIT_LINE} characters`)
            .refine((text) => !UNPRINTABLE.test(text.replace('\t', ' ')), 'holds a character that cannot be seen'),
        )
        .max(MAX_CHANGES, `holds more than ${MAX_CHANGES} commits`)
        .describe(
          'Newest first, as `git log --format="%H %s"` prints them; behind a tab what each refers to: #123 PAY-812.',
        ),
      since: line(300).exactOptional().describe('The tag before; absent: these are all commits from the first on.'),
      base: commit.exactOptional().describe('The commit of that tag.'),
      cut: z
        .int('is not a whole number')
        .min(0, 'is less than 0')
        .exactOptional()
        .describe('How many older ones are left out.'),
      shallow: z.boolean().exactOptional().describe('The checkout was shallow: older ones were not known.'),
    })
    .optional()
    .describe('The commits since the tag before.'),
  links: pairs(link).describe('Label to https:// address.'),
  npmVersion: version,
  buildSha: line(200).optional(),
  schemaVersion: version,
  evolutionPolicy: z
    .enum(EVOLUTION_POLICIES, { error: `is not an evolution policy: expected one of ${EVOLUTION_POLICIES.join(', ')}` })
    .optional(),
  producers: names.optional(),
  consumers: names.optional(),
  chartVersion: version,
  appVersion: version,
  valuesHash: line(200).optional(),
  deploymentHash: line(200).optional(),
  imageRef: image,
  readyReplicas: count,
  replicas: count.describe('The desired count.'),
  updatedReplicas: count,
  availableReplicas: count,
  generation: count,
  observedGeneration: count,
} satisfies Record<keyof typeof FIELD_SHAPES, z.ZodType>;

export const anyRelease = line(255)
  .refine((tag) => !tag.startsWith(BOOKKEEPING_PREFIX), `begins with ${BOOKKEEPING_PREFIX}, which is the program's own`)
  .refine((tag) => tag !== POLICY_ITEM.release, "is the program's own item, no release");

const inputOf = (release: z.ZodType<string, string>) =>
  z
    .strictObject({
      release: release.describe(
        'The release, HASH key: a git tag vMAJOR.MINOR.PATCH[-PRERELEASE], leading v optional.',
      ),
      type: line(63)
        .regex(TYPE, 'is not a type, such as backend: lower-case letters, digits and ._-')
        .refine((type) => type !== EVIDENCE_TYPE, 'is not a type of components: release-matrix attest writes evidence')
        .describe('frontend, backend, kafka, infra, k8s, or any other.'),
      component: line(200)
        .regex(COMPONENT, 'is not a name: expected no white space, no #, no empty or dotted path segment')
        .describe('Its name; with the type the RANGE key <type>#<name>.'),
      kind: z
        .enum(WORKLOAD_KINDS, { error: `is not a kind of workload: expected one of ${WORKLOAD_KINDS.join(', ')}` })
        .optional()
        .describe('k8s only, together with environment: the key becomes k8s#<environment>-<kind>/<component>.'),
      ...FIELDS,
      meta: pairs(line(2000)).describe('Further facts, shown as they are.'),
    })
    .superRefine((input, context) => {
      if (input.kind === undefined) return;
      const reject = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
      if (input.type !== 'k8s') reject('kind', 'is for the type k8s alone');
      else if (typeof input.environment !== 'string') {
        reject('environment', 'is not the one environment that the workload runs in, as text');
      }
    })
    .describe('A fragment of a release, to be published by Release Matrix');

/** Release tags as documented. */
export const fragmentInput = inputOf(
  anyRelease.regex(RELEASE, { error: ({ input }) => releaseFault(typeof input === 'string' ? input : '') }),
);
/** Any text as the release, for estates that do not name releases by SemVer. */
const fragmentInputOfAnyRelease = inputOf(anyRelease);

/** As it is written by hand or by a tool; normalised only once it is parsed. */
export type FragmentDraft = z.input<typeof fragmentInput>;
export type FragmentInput = z.output<typeof fragmentInput>;

export type InputReading =
  | { readonly input: FragmentInput }
  /** Each as a sentence without a full stop: `commit is not a commit: expected …, received "main"`. */
  | { readonly faults: readonly string[] };

/** Reads what somebody wants published. Never throws. */
export function readFragmentInput(value: unknown, options: { readonly anyRelease: boolean }): InputReading {
  const parsed = (options.anyRelease ? fragmentInputOfAnyRelease : fragmentInput).safeParse(value);
  // zod leaves out what is called `__proto__`; nothing is to be left out unsaid.
  const hidden = (['links', 'meta'] as const).filter((field) => holdsPrototype(value, field));
  if (hidden.length > 0) return { faults: hidden.map((field) => `${field} has a reserved name as label, __proto__`) };
  if (parsed.success) return { input: parsed.data };
  // One value may break several rules; the first says enough.
  const first = new Map(parsed.error.issues.toReversed().map((issue) => [issue.path.join('\n'), issue]));
  const firsts = parsed.error.issues.filter((issue) => first.get(issue.path.join('\n')) === issue);
  return { faults: firsts.map((issue) => faultText(issue, value)) };
}

function holdsPrototype(value: unknown, field: string): boolean {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return false;
  const pairsOf: unknown = Reflect.get(value, field);
  return typeof pairsOf === 'object' && pairsOf !== null && Object.hasOwn(pairsOf, '__proto__');
}

function faultText(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: no such field`;
  const received = issue.path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
  const path = issue.path.map(String).join('.');
  if (issue.path.length === 0) return `expected a fragment (a JSON object), received ${shown(value)}`;
  if (received === undefined) return `${path} is missing`;
  const message =
    issue.code === 'invalid_type'
      ? `is not ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
      : issue.message;
  return `${path} ${message}, received ${shown(received)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Why a tag is not a release tag, for the two mistakes that sort releases wrongly. */
function releaseFault(tag: string): string {
  if (/^v?\d+\.\d+\.\d+-[a-z]+\d/.test(tag))
    return `sorts wrongly (SemVer puts rc10 before rc2): write ${tag.replace(/(-[a-z]+)(\d)/, '$1.$2')}`;
  if (/^v?\d+\.\d+\.\d+-.*[A-Z]/.test(tag.split('+')[0] ?? ''))
    return 'sorts wrongly (SemVer puts RC before alpha): write the stage in lower case';
  return 'is not a release tag: expected vMAJOR.MINOR.PATCH[-PRERELEASE], such as v1.4.0-rc.2 (or allow any release)';
}

/** `k8s#prod-deployment/api`, `backend#auth-service`. */
export function keyOfInput({ type, component, kind, environment }: FragmentInput): string {
  return kind === undefined ? `${type}#${component}` : `${type}#${environment}-${kind}/${component}`;
}

/** The item that is put into the table: the keys by the table's own names, the fields by the documented ones. */
export function itemOfInput(input: FragmentInput, keys: KeyNames): Item {
  const { release, type: _type, component: _component, kind: _kind, ...fields } = input;
  const item: Record<string, PlainValue> = { [keys.release]: release, [keys.component]: keyOfInput(input) };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) item[name] = value;
  return item;
}

import { isKnownType, type KnownType } from './component.ts';
import { compareEnvironments, type EnvironmentNames, foldEnvironment } from './environment.ts';
import { type Evidence, isEvidenceKey, readEvidence, SIGN_OFFS_KEY } from './evidence.ts';
import { type FieldFault, type FieldName, type Fields, readFields, readTime, showValue } from './fields.ts';
import { type ImageReference, namesImage, parseImage, shortDigest } from './image.ts';
import { type Item, isUnreadable, type KeyNames, type PlainValue } from './item.ts';
import { type Scheme, withoutV } from './version.ts';

/** Kinds of workload, as they stand in a name `<env>-<kind>/<workload>`; `service` is one of ECS. */
export const WORKLOAD_KINDS = [
  'deployment',
  'statefulset',
  'daemonset',
  'job',
  'cronjob',
  'rollout',
  'deploymentconfig',
  'service',
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** One component's part of one release, as its CI published it. */
export interface Fragment {
  /** Names the item within the table. */
  readonly id: string;
  /** HASH key as stored: the release. */
  readonly release: string;
  /** RANGE key as stored: `k8s#prod-deployment/api`. */
  readonly key: string;
  /** Column of the matrix: `k8s#api`. */
  readonly component: string;
  readonly type: string;
  /** The component's name, without environment and kind. */
  readonly name: string;
  /** Kubernetes only. */
  readonly kind: WorkloadKind | null;
  /** Folded names in order, without those that the policy withdraws; empty where the fragment names none. */
  readonly environments: readonly string[];
  /** A workload all of whose environments are withdrawn: it is in no cell, and is not missing. Absent for all others. */
  readonly retired?: true;
  /** The component's own version, as a cell shows it. */
  readonly ownVersion: string;
  /** The field that says the own version. Null: none does, so that the release's own stands in for it. */
  readonly versionField: FieldName | null;
  /** When it was written to the table, ISO 8601 in UTC; null where its publisher did not say. */
  readonly publishedAt: string | null;
  readonly fields: Fields;
  /** Fields that are there but cannot be read. */
  readonly faults: readonly FieldFault[];
  readonly item: Item;
}

/** An item that is not a fragment. It is shown with its reason and never dropped. */
export interface RejectedItem {
  /** Names the item within the table as well as can be: its keys as text. */
  readonly id: string;
  /** The release that it would be of: the HASH key where it is text; of a sign-off the one that its RANGE key names. */
  readonly release: string | null;
  /** RANGE key, where it is text. */
  readonly key: string | null;
  /** What was expected and what came, as a sentence. */
  readonly reason: string;
  readonly item: Item;
}

export type ItemReading =
  | { readonly fragment: Fragment }
  | { readonly evidence: Evidence }
  | { readonly rejected: RejectedItem }
  /** An item of the program itself (the policy, change counters): no part of any release. */
  | { readonly bookkeeping: true };

/** HASH keys that begin so belong to the program itself. No git tag can: tags hold no colon. */
export const BOOKKEEPING_PREFIX = 'release-matrix:';
/** Whether a HASH key holds only what the program writes for itself. What persons have signed is nobody's bookkeeping. */
export function isBookkeepingKey(release: string): boolean {
  return release.startsWith(BOOKKEEPING_PREFIX) && release !== SIGN_OFFS_KEY;
}

/** The item that holds the policy document. */
export const POLICY_ITEM = { release: 'policy', component: 'policy#release-matrix' } as const;

/** Reads an item of the table. Never throws, whatever the item holds. */
export function readItem(item: Item, keys: KeyNames, environments: EnvironmentNames): ItemReading {
  if (isUnreadable(item)) {
    const reason = item.$unreadable;
    return { rejected: { id: reason, release: null, key: null, reason, item } };
  }
  const release = own(item, keys.release);
  const key = own(item, keys.component);
  const reject = (reason: string, of = typeof release === 'string' ? release : null): ItemReading => ({
    rejected: { id: identify(release, key), release: of, key: typeof key === 'string' ? key : null, reason, item },
  });
  if (typeof release !== 'string') return reject(expectedKey(keys.release, 'the release as text', release));
  if (isBookkeepingKey(release)) return { bookkeeping: true };
  if (release.trim() === '') return reject(`“${keys.release}” is empty: expected the release, such as v1.4.0.`);
  if (typeof key !== 'string') return reject(expectedKey(keys.component, '<type>#<name> as text', key));
  if (release === POLICY_ITEM.release && key === POLICY_ITEM.component) return { bookkeeping: true };
  if (typeof key === 'string' && isEvidenceKey(release, key)) {
    const read = readEvidence(identify(release, key), release, key, item);
    return 'evidence' in read ? read : reject(read.reason, read.release);
  }

  const hash = key.indexOf('#');
  const received = `received ${showValue(key)}`;
  if (hash === -1) return reject(`“${keys.component}” holds no #: expected <type>#<name>, ${received}.`);
  const type = key.slice(0, hash);
  const fullName = key.slice(hash + 1);
  if (type.trim() === '') return reject(`“${keys.component}” has no type before the #: ${received}.`);
  if (fullName.trim() === '') return reject(`“${keys.component}” has no name after the #: ${received}.`);

  const { fields, faults } = readFields(item);
  const image = fields.imageRef === undefined ? null : parseImage(fields.imageRef);
  const version = ownVersion(type, release, fields, image);
  const workload = type === 'k8s' ? readWorkloadName(fullName) : null;
  const name = workload?.name ?? fullName;
  const named = readEnvironments(fields, workload?.environment ?? null, environments);
  const inUse = withoutWithdrawn(named, environments);
  const isRetired = type === 'k8s' && named.length > 0 && inUse.length === 0;
  return {
    fragment: {
      id: identify(release, key),
      release,
      key,
      component: `${type}#${name}`,
      type,
      name,
      kind: workload?.kind ?? null,
      environments: inUse,
      ...(isRetired ? { retired: true } : {}),
      ownVersion: version.text,
      versionField: version.field,
      publishedAt: readTime(own(item, 'publishedAt') ?? null) ?? null,
      fields,
      faults: withImageFaults(faults, fields, image),
      item,
    },
  };
}

/** The readings of many items, sorted by what they are. */
export function readItems(
  items: Iterable<Item>,
  keys: KeyNames,
  environments: EnvironmentNames,
): { fragments: Fragment[]; evidence: Evidence[]; rejected: RejectedItem[] } {
  const fragments: Fragment[] = [];
  const evidence: Evidence[] = [];
  const rejected: RejectedItem[] = [];
  for (const item of items) {
    const reading = readItem(item, keys, environments);
    if ('fragment' in reading) fragments.push(reading.fragment);
    else if ('evidence' in reading) evidence.push(reading.evidence);
    else if ('rejected' in reading) rejected.push(reading.rejected);
  }
  return { fragments, evidence, rejected };
}

/** Own attributes only: a table's key may be called `constructor`. */
function own(item: Item, attribute: string): PlainValue | undefined {
  return Object.hasOwn(item, attribute) ? item[attribute] : undefined;
}

/** A line feed separates the two keys: it makes ids readable in a log and is in no sane key. */
function identify(release: PlainValue | undefined, key: PlainValue | undefined): string {
  const text = (value: PlainValue | undefined) => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
  return `${text(release)}\n${text(key)}`;
}

function expectedKey(attribute: string, expected: string, value: PlainValue | undefined): string {
  const received = value === undefined ? 'it is not there' : `received ${showValue(value)}`;
  const hint = typeof value === 'number' ? ' Publish it as text: a number loses its trailing zeros.' : '';
  return `“${attribute}” must hold ${expected}; ${received}.${hint}`;
}

const WORKLOAD_NAME = new RegExp(`^(?:(.+)-)?(${WORKLOAD_KINDS.join('|')})/(.+)$`, 'i');

/** `prod-deployment/api` → prod, deployment, api. A name of another form is the workload's name as it stands. */
export function readWorkloadName(
  name: string,
): { environment: string | null; kind: WorkloadKind | null; name: string } | null {
  const match = WORKLOAD_NAME.exec(name);
  if (match?.[2] === undefined || match[3] === undefined) return null;
  const kind = WORKLOAD_KINDS.find((known) => known === match[2]?.toLowerCase()) ?? null;
  return { environment: match[1] ?? null, kind, name: match[3] };
}

const NO_ENVIRONMENTS: readonly string[] = [];

/** The field wins over the head of a Kubernetes name: it is the more deliberate statement. */
function readEnvironments(fields: Fields, head: string | null, names: EnvironmentNames): readonly string[] {
  const named = [...(fields.environment ?? []), ...(fields.environments ?? [])];
  const raw = named.length > 0 || head === null ? named : [head];
  if (raw.length === 0) return NO_ENVIRONMENTS;
  return [...new Set(raw.map((name) => foldEnvironment(name, names)))].sort((a, b) => compareEnvironments(a, b, names));
}

function withoutWithdrawn(named: readonly string[], { withdrawn }: EnvironmentNames): readonly string[] {
  return withdrawn === undefined ? named : named.filter((name) => !withdrawn.has(name));
}

/** Where each type keeps its own version when it has no `componentVersion`. Node services are npm packages too. */
const VERSION_FIELD = {
  frontend: 'npmVersion',
  backend: 'npmVersion',
  kafka: 'schemaVersion',
  infra: 'chartVersion',
  k8s: null,
} satisfies Record<KnownType, keyof Fields | null>;

function ownVersion(
  type: string,
  release: string,
  fields: Fields,
  image: ImageReference | null,
): { text: string; field: FieldName | null } {
  if (fields.componentVersion !== undefined) return { text: fields.componentVersion, field: 'componentVersion' };
  if (isKnownType(type)) {
    const field = VERSION_FIELD[type];
    const version = field === null ? undefined : fields[field];
    if (field !== null && version !== undefined) return { text: version, field };
  }
  return (type === 'k8s' ? imageVersion(fields, image) : null) ?? { text: withoutV(release.trim()), field: null };
}

/** What a workload runs: its image's tag, else its shortened digest; a reference that cannot be read as it stands. */
function imageVersion(
  { imageRef, digest: known }: Fields,
  image: ImageReference | null,
): { text: string; field: FieldName } | null {
  if (image?.tag) return { text: image.tag, field: 'imageRef' };
  const digest = image?.digest ?? known;
  if (digest !== undefined) return { text: shortDigest(digest), field: image?.digest ? 'imageRef' : 'digest' };
  return image === null && imageRef !== undefined ? { text: imageRef, field: 'imageRef' } : null;
}

/** What should be an image reference, and cannot be read as one. An artifact may be anything else as well. */
function withImageFaults(
  faults: readonly FieldFault[],
  { imageRef, artifact }: Fields,
  image: ImageReference | null,
): readonly FieldFault[] {
  const unreadable = (field: 'imageRef' | 'artifact', value: string): FieldFault => ({
    field,
    attribute: field,
    expected: 'an image reference such as ghcr.io/acme/api:1.4.0',
    received: showValue(value),
  });
  const found = [
    ...(imageRef === undefined || image !== null ? [] : [unreadable('imageRef', imageRef)]),
    ...(artifact !== undefined && namesImage(artifact) && parseImage(artifact) === null
      ? [unreadable('artifact', artifact)]
      : []),
  ];
  return found.length === 0 ? faults : [...faults, ...found];
}

/** When a fragment was observed, ISO 8601 in UTC: when it was published, else its date; null for neither. */
export function observedAt({ publishedAt, fields }: Fragment): string | null {
  return publishedAt ?? fields.date ?? null;
}

/** By which rule a fragment's own version is read: npm's versions keep strict SemVer. */
export function schemeOf({ versionField }: Fragment): Scheme {
  return versionField === 'npmVersion' ? 'semver' : 'any';
}

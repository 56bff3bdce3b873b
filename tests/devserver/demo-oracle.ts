import semver from 'semver';
import type { Item } from '../../src/release/item.ts';

/**
 * A second, naive reading of the catalogue of findings, for the demo estate only: it shares no code with the product,
 * so that the estate can be checked before the product's own checks exist, and against them afterwards.
 *
 * @returns one line per error or warning, `code release component environment`, sorted; informative ones left out
 */
export function expectedFindings(items: readonly Item[], now: string): string[] {
  const found = new Set<string>();
  const add = (code: string, release: string, component: string | null, environment: string | null = null) =>
    found.add([code, release, component ?? '-', environment ?? '-'].join(' '));
  const entries: Entry[] = [];
  for (const item of items) {
    const release = text(item.version);
    const key = text(item['component#name']);
    if (release === 'policy') continue;
    const parts = /^([^#]+)#(.+)$/s.exec(key);
    if (parts === null) add('invalid-fragment', release, null);
    else entries.push(entryOf(item, release, parts[1] ?? '', parts[2] ?? ''));
  }
  const releases = [...new Set(entries.map(({ release }) => release))];
  const known = releases.filter((tag) => semver.valid(tag) !== null).sort(semver.compare);
  const stables = known.filter((tag) => semver.prerelease(tag) === null);
  const of = (release: string) => entries.filter((entry) => entry.release === release);
  const maturity = (version: string) => {
    const [first] = semver.prerelease(version) ?? ['stable'];
    return Math.max(['alpha', 'beta', 'rc', 'stable'].indexOf(String(first)), 0);
  };

  for (const tag of releases) {
    if (semver.valid(tag) === null) {
      add('invalid-version', tag, null);
      continue;
    }
    const stage = String(semver.prerelease(tag)?.[0] ?? 'stable');
    // What the catalogue only mentions at alpha and other stages is not looked at here.
    const heavy = ['beta', 'rc', 'stable'].includes(stage);
    const late = ['rc', 'stable'].includes(stage);
    const here = of(tag);
    const columns = new Set(here.map(({ column }) => column));
    const lower = stables.filter((stable) => semver.lt(stable, tag)).reverse();
    const before = lower[0] === undefined ? [] : of(lower[0]);
    const line = tag.replace(/-.*/, '');
    const ofLine = known.filter((other) => other.startsWith(`${line}-`));
    const candidate = ofLine.filter((other) => other.startsWith(`${line}-rc.`)).at(-1);

    if (heavy) {
      const seen = lower.slice(0, 3).map((stable) => new Set(of(stable).map(({ column }) => column)));
      for (const column of new Set(entries.map((entry) => entry.column))) {
        const count = seen.filter((set) => set.has(column)).length;
        if (seen.length > 0 && count >= Math.min(seen.length, 2) && !columns.has(column)) {
          add('missing-component', tag, column);
        }
      }
    }
    if (stage === 'stable') {
      if (candidate === undefined && ofLine.some((other) => /-(alpha|beta)/.test(other)))
        add('stage-skipped', tag, null);
      for (const { column, item } of candidate === undefined ? [] : of(candidate)) {
        const now = here.find((entry) => entry.column === column)?.item;
        if (now !== undefined && now.commit !== item.commit) add('rebuilt-after-rc', tag, column);
      }
    }
    const byRepo = groupBy(here, ({ item }) => text(item.repo));
    for (const [repo, group] of byRepo) {
      const commits = new Set(group.flatMap(({ item }) => (item.commit === undefined ? [] : [item.commit])));
      if (heavy && repo !== '' && commits.size > 1) {
        add('sibling-commit-mismatch', tag, group.map(({ column }) => column).sort()[0] ?? null);
      }
    }
    for (const name of columns) {
      const twin = [...columns].filter((other) => other !== name && flat(other) === flat(name));
      if (twin.length > 0) add('near-duplicate-name', tag, [name, ...twin].sort()[0] ?? null);
    }
    for (const entry of here) {
      const { item, type, column, environment, own } = entry;
      const earlier = before.find((other) => other.column === column && other.environment === environment);
      if (item.links === undefined ? false : typeof item.links !== 'object') add('invalid-fragment', tag, column);
      if (typeof item.date === 'string' && Number.isNaN(Date.parse(item.date))) add('invalid-fragment', tag, column);
      if (Date.parse(text(item.date)) > Date.parse(now) + 600_000) add('future-date', tag, column);
      if (!['frontend', 'backend', 'kafka', 'infra', 'k8s'].includes(type) && stage === 'stable') {
        add('unexpected-component', tag, column);
      }
      if (late && semver.valid(own) && maturity(own) < maturity(tag)) add('immature-version', tag, column, environment);
      const ownBefore = before.find((other) => other.column === column)?.own;
      if (ownBefore && semver.valid(own) && semver.valid(ownBefore) && semver.lt(own, ownBefore)) {
        add('version-regressed', tag, column);
      }
      if (type === 'backend' && tagOf(text(item.artifact)) !== own) add('version-mismatch', tag, column);
      if (type === 'kafka') {
        const policy = text(item.evolution_policy);
        if (heavy && ['', 'NONE'].includes(policy)) add('schema-policy-missing', tag, column);
        const strength = (word: string) => STRENGTH.indexOf(word.replace(/^(FOR|BACK)WARD/, 'ONE-WAY'));
        const policyBefore = text(earlier?.item.evolution_policy);
        if (heavy && policyBefore && policy && strength(policy) < strength(policyBefore)) {
          add('schema-policy-weakened', tag, column);
        }
        if (earlier && semver.major(own) > semver.major(earlier.own)) add('schema-breaking', tag, column);
      }
      if (type === 'infra' && typeof item.appVersion === 'string') {
        const stem = column.replace(/^infra#(helm|tf)-/, '');
        const service = here.find(({ column: other }) =>
          [`backend#${stem}`, `backend#${stem}-service`].includes(other),
        );
        if (heavy && service && service.own !== item.appVersion) add('chart-app-mismatch', tag, column);
      }
      if (type === 'k8s') checkWorkload(entry, here, stage, add);
    }
    for (const [workload, group] of groupBy(
      here.filter(({ type }) => type === 'k8s'),
      ({ column }) => column,
    )) {
      if (new Set(group.map(({ item }) => item.digest ?? item.imageRef)).size > 1)
        add('environment-split', tag, workload);
    }
    if (!heavy) continue;
    for (const environment of new Set(here.flatMap((entry) => entry.environment ?? []))) {
      const runs = entries.filter((entry) => entry.environment === environment && entry.release !== tag);
      const missing = runs.filter(
        ({ column }) => !here.some((e) => e.column === column && e.environment === environment),
      );
      if (missing.length > 0) add('partial-environment', tag, null, environment);
    }
  }

  for (const [column, group] of groupBy(
    entries.filter(({ type }) => type === 'k8s'),
    (entry) => entry.column,
  )) {
    const newest = ENVIRONMENTS.map((environment) =>
      group
        .filter((entry) => entry.environment === environment)
        .map(({ release }) => release)
        .sort(semver.compare)
        .at(-1),
    );
    newest.forEach((later, index) => {
      const behind = newest.slice(0, index).some((earlier) => earlier && later && semver.gt(later, earlier));
      if (later && behind && maturity(later) >= 2)
        add('environment-inversion', later, column, ENVIRONMENTS[index] ?? null);
    });
  }
  for (const waiver of waiversOf(items)) {
    for (const line of [...found]) {
      const [code, release, component, environment] = line.split(' ');
      if (code !== waiver.code || release !== waiver.release || component !== waiver.component) continue;
      if (waiver.expires < now.slice(0, 10)) add('waiver-expired', release, component, environment);
    }
  }
  return [...found].sort();
}

const ENVIRONMENTS = ['dev', 'qa', 'staging', 'preprod', 'prod'];
/** From the weakest; a policy that looks one way is equally strong either way. */
const STRENGTH = ['NONE', 'ONE-WAY', 'ONE-WAY_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE'];

interface Entry {
  readonly item: Item;
  readonly release: string;
  readonly type: string;
  readonly column: string;
  readonly environment: string | null;
  readonly own: string;
}

function entryOf(item: Item, release: string, type: string, name: string): Entry {
  const workload = type === 'k8s' ? /^(\w+)-[a-z]+\/(.+)$/.exec(name) : null;
  const names: Record<string, string> = { production: 'prod', stg: 'staging' };
  const environment = workload?.[1] === undefined ? null : (names[workload[1]] ?? workload[1]);
  const own = item.npmVersion ?? item.schema_version ?? item.chartVersion ?? tagOf(text(item.imageRef)) ?? release;
  const column = `${type}#${workload?.[2] ?? name}`;
  return { item, release, type, column, environment, own: text(own).replace(/^v/, '') };
}

function checkWorkload(
  { item, column, environment, release, own }: Entry,
  here: readonly Entry[],
  stage: string,
  add: (code: string, release: string, component: string, environment: string | null) => void,
): void {
  const image = text(item.imageRef)
    .replace(/:[^/]*$/, '')
    .split('/')
    .at(-1);
  const code = here.find(({ column: other }) =>
    [`backend#${image}`, `frontend#${image}`, column.replace('k8s', 'backend')].includes(other),
  );
  const digests = [item.digest, code?.item.digest];
  const differs = digests.includes(undefined) ? code?.own !== own : digests[0] !== digests[1];
  if (code && differs) add('image-mismatch', release, column, environment);
  const [desired, updated, ready] = [item.replicas, item.updatedReplicas, item.readyReplicas].map(Number);
  const late = ['rc', 'stable'].includes(stage);
  if (item.replicas === undefined && late) add('readiness-unknown', release, column, environment);
  if (desired === 0 && late) add('scaled-to-zero', release, column, environment);
  const behind = Number(item.observedGeneration) < Number(item.generation);
  if (desired && (behind || Number(updated) < desired || Number(ready) < desired)) {
    add('not-ready', release, column, environment);
  }
}

function waiversOf(items: readonly Item[]): { code: string; release: string; component: string; expires: string }[] {
  const policy = items.find(({ version }) => version === 'policy');
  return policy === undefined ? [] : JSON.parse(text(policy.document)).waivers;
}

function flat(column: string): string {
  return column.toLowerCase().replace(/[-_.]/g, '');
}

function tagOf(reference: string): string | undefined {
  return /:([^:/]+)$/.exec(reference)?.[1]?.replace(/^v/, '');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function groupBy<T>(members: readonly T[], keyOf: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return groups;
}

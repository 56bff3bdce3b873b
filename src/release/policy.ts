import { DEFAULT_ENVIRONMENTS, type EnvironmentNames, foldEnvironment } from './environment.ts';
import type { FindingCode } from './finding.ts';
import { globMatcher } from './glob.ts';
import type { Expectation, PolicyDocument } from './policy-document.ts';
import { momentOf, rangeOf } from './policy-terms.ts';
import { type Release, readRelease, type Stage, type StageWords } from './release.ts';
import type { Weight } from './severity.ts';
import { isSemver } from './version.ts';

/** A row of the roster, resolved. */
export interface RosterRow {
  /** As written. */
  readonly component: string;
  /** The component it names, or null for a glob. */
  readonly literal: string | null;
  readonly matches: (component: string) => boolean;
  readonly expectation: Expectation;
  readonly appliesTo: (release: Release) => boolean;
}

export interface Waiver {
  readonly code: FindingCode;
  readonly matches: (component: string | null) => boolean;
  readonly appliesTo: (release: Release) => boolean;
  /** Folded name; null for any. */
  readonly environment: string | null;
  readonly reason: string;
  readonly by: string;
  readonly expires: string;
  /** The last moment it holds, milliseconds since 1970. */
  readonly endsAt: number;
}

/** The resolved form: what the checks ask. */
export interface Policy {
  readonly environments: EnvironmentNames;
  readonly graceMinutes: number;
  /** Words of suffixes, in lower case, and the stage that each names. */
  readonly stages: StageWords;
  /** Patch releases tag only what changed: each required component is carried over in them. */
  readonly patchesCarry: boolean;
  readonly roster: readonly RosterRow[];
  readonly waivers: readonly Waiver[];
  /** What the policy says a finding weighs; undefined where it says nothing. */
  readonly weight: (code: FindingCode, stage: Stage) => Weight | undefined;
  readonly links: { readonly commit: string; readonly compare: string };
  /** The document it was made of, for the digest; null for the defaults. */
  readonly document: PolicyDocument | null;
  /**
   * What was wrong in the document that should be in force: these are the defaults then, and nothing passes by them.
   * Empty for a good document, and where there is none.
   */
  readonly faults: readonly PolicyFault[];
}

/** What is wrong in a policy document, and where. */
export interface PolicyFault {
  /** `waivers[0].expires`; empty for the document itself. */
  readonly path: string;
  readonly reason: string;
}

const DEFAULT_GRACE_MINUTES = 60;
const DEFAULT_LINKS = {
  commit: 'https://github.com/{repo}/commit/{commit}',
  compare: 'https://github.com/{repo}/compare/{from}...{to}',
};

/** The policy that holds where there is no document. */
export const DEFAULT_POLICY: Policy = resolvePolicy(null);

/** What holds in place of a broken document: the defaults, by which nothing passes. */
export function brokenPolicy(faults: readonly PolicyFault[]): Policy {
  return { ...DEFAULT_POLICY, faults };
}

/** The resolved form of a document that was found good; null: of none. */
export function resolvePolicy(document: PolicyDocument | null): Policy {
  const environments = resolveEnvironments(document?.environments);
  // Rows and waivers mostly name the same few ranges: one matcher for each.
  const matcherOf = oncePerText(releaseMatcher);
  const rangeMatcherOf = oncePerText((range) => rangeOf(range) ?? (() => false));
  return {
    environments,
    graceMinutes: document?.graceMinutes ?? DEFAULT_GRACE_MINUTES,
    stages: new Map(Object.entries(document?.stages ?? {}).map(([word, stage]) => [word.trim().toLowerCase(), stage])),
    patchesCarry: document?.patchReleases === 'carried',
    roster: (document?.roster ?? []).map((row) => ({
      component: row.component,
      literal: row.component.includes('*') ? null : row.component,
      matches: globMatcher(row.component),
      expectation: row.expectation ?? 'required',
      appliesTo: row.releases === undefined ? always : rangeMatcherOf(row.releases),
    })),
    waivers: (document?.waivers ?? []).map((waiver) => ({
      code: waiver.code,
      matches: componentMatcher(waiver.component ?? '*'),
      appliesTo: matcherOf(waiver.release),
      environment: waiver.environment === undefined ? null : foldEnvironment(waiver.environment, environments),
      reason: waiver.reason,
      by: waiver.by,
      expires: waiver.expires,
      endsAt: momentOf(waiver.expires) ?? 0,
    })),
    weight: (of, stage) => {
      const said = document?.severities?.[of];
      return typeof said === 'string' ? said : said?.[stage];
    },
    links: {
      commit: document?.links?.commit ?? DEFAULT_LINKS.commit,
      compare: document?.links?.compare ?? DEFAULT_LINKS.compare,
    },
    document,
    faults: [],
  };
}

const always = (): boolean => true;

function oncePerText<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
}

function resolveEnvironments(written: PolicyDocument['environments']): EnvironmentNames {
  const lower = (name: string) => name.trim().toLowerCase();
  const aliases = new Map(DEFAULT_ENVIRONMENTS.aliases);
  for (const [alias, name] of Object.entries(written?.aliases ?? {})) aliases.set(lower(alias), lower(name));
  const order = written?.order?.map(lower) ?? DEFAULT_ENVIRONMENTS.order;
  // A name that stands in the order means itself, even where the built-in aliases fold it: `live`, `stage`.
  for (const name of order) aliases.delete(name);
  // An alias of an alias is folded on: all spellings of one environment meet.
  return { order, aliases: new Map([...aliases].map(([alias, name]) => [alias, aliases.get(name) ?? name])) };
}

/** A finding about no component is met only by the glob that meets everything. */
function componentMatcher(glob: string): (component: string | null) => boolean {
  const matches = globMatcher(glob);
  return (component) => (component === null ? glob === '*' : matches(component));
}

/**
 * Meets the release of that tag, however it is spelt, or those within the range. A version that is written out is a tag:
 * `v1.4.0` meets no candidate of it, as the range `1.4.0` would.
 */
function releaseMatcher(tagOrRange: string): (release: Release) => boolean {
  const { version } = readRelease(tagOrRange);
  const within = isSemver(tagOrRange) ? null : rangeOf(tagOrRange);
  return (release) =>
    release.tag === tagOrRange || (version !== null && release.version === version) || within?.(release) === true;
}

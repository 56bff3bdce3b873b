import { type EnvironmentNames, foldEnvironment } from '../item/environment.ts';
import { type Release, readRelease } from '../item/release.ts';
import { isSemver } from '../item/version.ts';
import { globMatcher } from '../text/glob.ts';
import { environmentNames } from './environment-names.ts';
import { DEFAULT_POLICY, type Policy, type Withdrawal, type Withdrawn } from './policy.ts';
import type { PolicyDocument } from './policy-document.ts';
import { lineOf, rangeOf } from './policy-terms.ts';
import { beginningOf, momentOf } from './policy-times.ts';

// Apart from policy.ts, which every report wants: the library of ranges is needed only where a document is read.

/** The resolved form of a document that was found good. */
export function resolvePolicy(document: PolicyDocument): Policy {
  const named = environmentNames(document);
  // Rows and waivers mostly name the same few ranges: one matcher for each.
  const matcherOf = oncePerText(releaseMatcher);
  const rangeMatcherOf = oncePerText((range) => rangeOf(range) ?? (() => false));
  const withdrawn = resolveWithdrawn(document.withdrawn ?? [], named, { matcherOf, rangeMatcherOf });
  const left = withdrawn.environments;
  const environments = left.size === 0 ? named : { ...named, withdrawn: new Set(left.keys()) };
  return {
    environments,
    graceMinutes: document.graceMinutes ?? DEFAULT_POLICY.graceMinutes,
    stages: new Map(Object.entries(document.stages ?? {}).map(([word, stage]) => [word.trim().toLowerCase(), stage])),
    patchesCarry: document.patchReleases === 'carried',
    evidence: (document.evidence ?? []).map(({ name, of, by, minimum, stages, releases }) => ({
      name,
      matches: of === undefined ? null : oncePerText(globMatcher(of)),
      byPerson: by === 'person',
      minimum: minimum ?? 1,
      stages,
      appliesTo: releases === undefined ? always : rangeMatcherOf(releases),
    })),
    roster: (document.roster ?? []).map((row) => ({
      component: row.component,
      literal: row.component.includes('*') ? null : row.component,
      matches: globMatcher(row.component),
      expectation: row.expectation ?? 'required',
      appliesTo: row.releases === undefined ? always : rangeMatcherOf(row.releases),
    })),
    waivers: (document.waivers ?? []).map((waiver) => ({
      code: waiver.code,
      matches: componentMatcher(waiver.component ?? '*'),
      appliesTo: matcherOf(waiver.release),
      environment: waiver.environment === undefined ? null : foldEnvironment(waiver.environment, environments),
      reason: waiver.reason,
      by: waiver.by,
      expires: waiver.expires,
      endsAt: momentOf(waiver.expires) ?? 0,
    })),
    withdrawn,
    lines: Object.entries(document.lines ?? {}).map(([line, { due, manager, link }]) => ({
      line: lineOf(line) ?? line,
      due,
      dueAt: momentOf(due) ?? 0,
      manager: manager ?? null,
      link: link ?? null,
    })),
    freezes: (document.freezes ?? []).map(({ environment, from, to, reason }) => ({
      environment: foldEnvironment(environment, environments),
      from,
      to,
      reason,
      startsAt: beginningOf(from) ?? 0,
      endsAt: momentOf(to) ?? 0,
    })),
    severityOf: (of, stage) => {
      const said = document.severities?.[of];
      return typeof said === 'string' ? said : said?.[stage];
    },
    links: {
      commit: document.links?.commit ?? DEFAULT_POLICY.links.commit,
      compare: document.links?.compare ?? DEFAULT_POLICY.links.compare,
    },
    waves: document.waves?.map((wave) => wave.map(waveMatcher)) ?? null,
    document,
    faults: [],
  };
}

/** A glob without a # is one over types. */
function waveMatcher(glob: string): (component: string) => boolean {
  return globMatcher(glob.includes('#') ? glob : `${glob}#*`);
}

const always = (): boolean => true;

type Matcher = (release: Release) => boolean;

function resolveWithdrawn(
  rows: NonNullable<PolicyDocument['withdrawn']>,
  names: EnvironmentNames,
  by: { readonly matcherOf: (text: string) => Matcher; readonly rangeMatcherOf: (text: string) => Matcher },
): Withdrawn {
  if (rows.length === 0) return DEFAULT_POLICY.withdrawn;
  const of = ({ reason, by: who, date }: (typeof rows)[number]): Withdrawal => ({ reason, by: who, date });
  const releases = rows.flatMap((row) =>
    row.release === undefined ? [] : [{ appliesTo: by.matcherOf(row.release), withdrawal: of(row) }],
  );
  return {
    ofRelease: (release) => releases.find(({ appliesTo }) => appliesTo(release))?.withdrawal ?? null,
    components: rows.flatMap(({ component, releases: range }) =>
      component === undefined
        ? []
        : [
            {
              literal: component.includes('*') ? null : component,
              matches: globMatcher(component),
              appliesTo: range === undefined ? always : by.rangeMatcherOf(range),
            },
          ],
    ),
    environments: new Map(
      rows.flatMap((row) =>
        row.environment === undefined ? [] : [[foldEnvironment(row.environment, names), of(row)] as const],
      ),
    ),
  };
}

function oncePerText<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
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

import inc from 'semver/functions/inc.js';
import { readRelease } from '../release/item/release.ts';
import { CATALOGUE, columnOf, type DemoComponent } from './catalogue.ts';
import type { Chance } from './chance.ts';

/** What a component is made of at some release. */
export interface Build {
  /** The own version of a component that is versioned apart from the release; null: the release is its version. */
  readonly version: string | null;
  /** Of its repository: components of one repository share it. */
  readonly commit: string;
  /** SHA-256 of what was built; the same commit gives the same. */
  readonly digest: string;
  /** The release that brought the present commit; a component that did not change has no changelog. */
  readonly changedIn: string;
}

/** The state of every component, by column. */
export type Builds = ReadonlyMap<string, Build>;

/** Versions that the plan of faults wants, where a version must not be drawn: release → column → own version. */
export type SetVersions = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** How likely a repository has a new commit, by the stage of the release. */
const COMMITS = { alpha: 0.6, beta: 0.45, rc: 0.3, stable: 0.5, other: 0.4 } as const;
/** Of the components in a repository of many, how many a new commit concerns. */
const CONCERNED_OF_MANY = 0.5;

/** The state before the first release. */
export function firstBuilds(chance: Chance): Builds {
  return new Map(
    CATALOGUE.map((component): [string, Build] => [
      columnOf(component),
      made(component, component.startsAt, 'before the first release', chance),
    ]),
  );
}

/**
 * The state at the next release, from that at the one below it by SemVer. A stable release of a line that has a
 * candidate changes nothing: what was tested is what is released.
 *
 * @param hasCandidate whether the release's line has a release candidate below it
 */
export function nextBuilds(
  below: Builds,
  tag: string,
  hasCandidate: boolean,
  chance: Chance,
  set: SetVersions = new Map(),
): Builds {
  const { stage } = readRelease(tag);
  const frozen = stage === 'stable' && hasCandidate;
  return new Map(
    CATALOGUE.map((component): [string, Build] => {
      const column = columnOf(component);
      const build = below.get(column) ?? made(component, component.startsAt, tag, chance);
      const wanted = set.get(tag)?.get(column);
      const committed = !frozen && chance.fraction(`commit ${component.repo} ${tag}`) < COMMITS[stage];
      if (!committed) return [column, wanted === undefined ? build : { ...build, version: wanted }];
      const next = made(component, build.version, tag, chance);
      return [column, { ...next, version: wanted ?? bumped(component, build.version, tag, chance) }];
    }),
  );
}

function made({ repo, type, name }: DemoComponent, version: string | null, tag: string, chance: Chance): Build {
  const commit = chance.hex(`commit ${repo} ${tag}`, 40);
  return { version, commit, digest: `sha256:${chance.hex(`built ${type}#${name} ${commit}`, 64)}`, changedIn: tag };
}

/** Minor at the first look of a new minor line, patch later; never major, which would break a schema. */
function bumped(component: DemoComponent, version: string | null, tag: string, chance: Chance): string | null {
  if (version === null) return null;
  const { type, name, repo } = component;
  const alone = CATALOGUE.every((other) => other === component || other.repo !== repo);
  if (!alone && chance.fraction(`concerned ${type}#${name} ${tag}`) >= CONCERNED_OF_MANY) return version;
  return inc(version, /\.0-(alpha|beta)\.1$/.test(tag) ? 'minor' : 'patch');
}

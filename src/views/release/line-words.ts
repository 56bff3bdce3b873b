import type {
  EvidenceDifference,
  Finding,
  FindingCode,
  FindingOf,
  InEnvironment,
} from '../../release/finding/finding.ts';
import { countsWords, describeFinding } from '../../release/finding/finding-words.ts';
import { parseImage } from '../../release/item/image.ts';

/** A finding in one line, in which its release, its component and its environment are said already. */
export interface LineWords {
  /** What is wrong: "is a beta in a stable release". */
  readonly what: string;
  /** A short fact behind it, which that does not say: "2.9.0-beta.1". Empty: there is none. */
  readonly fact: string;
  readonly whatToDo: string;
}

/** What a line says of a finding. Its whole words are those of `describeFinding`. */
export function lineWords(finding: Finding): LineWords {
  const { title, whatToDo } = describeFinding(finding);
  const words = WORDS[finding.code] as (finding: Finding) => Short;
  return { what: withoutPlace(title, finding), whatToDo, ...words(finding) };
}

/** What is said shorter than in its whole words. */
type Short = Pick<LineWords, 'fact'> & Partial<LineWords>;

const WORDS: { readonly [C in FindingCode]: (finding: FindingOf<C>) => Short } = {
  'missing-component': ({ severity, details: { arriving, lastSeenIn, expectedBy } }) => {
    const row = 'row' in expectedBy ? `by row ${expectedBy.row}` : '';
    const fact = lastSeenIn === null ? row : `last seen ${lastSeenIn}`;
    if (arriving) return { what: 'has not arrived yet', fact, whatToDo: 'Wait for its pipeline.' };
    // Of an early stage, which need not have it, no more than a note is said of that.
    const what = severity === 'info' ? 'is not there yet' : 'is missing';
    return { what, fact, whatToDo: 'Publish it, or look into its pipeline.' };
  },
  'partial-release': ({ details: { absent } }) => ({
    fact: `without ${some(absent.map(nameOf))}`,
    whatToDo: 'Publish the rest, or let the policy carry it over.',
  }),
  'unexpected-component': () => ({ fact: '', whatToDo: 'Add a row for it, or find who published it.' }),
  'invalid-fragment': ({ details }) =>
    'fault' in details
      ? { fact: details.fault.received, whatToDo: 'Publish it again with the field fixed.' }
      : {
          what: 'an item cannot be read',
          fact: details.key ?? '',
          whatToDo: 'Publish it as a fragment, and delete the item.',
        },
  'invalid-version': ({ details }) =>
    details.semver ? { fact: '' } : { fact: '', whatToDo: 'Publish under a tag such as v1.4.0-rc.1.' },
  'immature-version': ({ details: { version, maturity, stage, ofArtifact } }) =>
    maturity === 'moving'
      ? {
          what: ofArtifact ? 'its artifact has a tag that moves' : 'has a version that moves',
          fact: version,
          whatToDo: 'Publish the version or the digest it was released with.',
        }
      : {
          what: `is ${maturity === 'alpha' || maturity === 'rc' ? 'an' : 'a'} ${maturity} in ${stage === 'rc' ? 'an' : 'a'} ${stage} release`,
          fact: version,
          whatToDo: `Release it as ${stage}, and publish it again.`,
        },
  'version-regressed': ({ details: { version, before, previousStable } }) => ({
    what: `went back to ${version}`,
    fact: `${before} in ${previousStable}`,
    whatToDo: 'Find out whether an older build was tagged.',
  }),
  'version-mismatch': ({ details }) =>
    'leftAt' in details
      ? {
          what: `is still ${details.version}`,
          fact: '',
          whatToDo: 'Find out whether it was left out, or publish it.',
        }
      : { fact: details.artifact, whatToDo: 'Publish its artifact, or correct the fragment.' },
  'sibling-commit-mismatch': ({ details: { repo, commits } }) => ({
    what: `${repo} is at different commits`,
    fact: some([...new Set(commits.map(({ commit }) => short(commit)))], ' ≠ '),
    whatToDo: 'Build all of the repository from one commit.',
  }),
  'rebuilt-after-rc': ({ details: { components } }) => ({
    fact: some(
      components.map(({ what, tested, ships }) =>
        what === 'commit' ? `${short(ships)} ≠ ${short(tested)}` : `${ships} ≠ ${tested}`,
      ),
    ),
    whatToDo: 'Promote the tested build, or test a new candidate.',
  }),
  'stage-skipped': ({ details: { seen } }) => ({
    fact: some(seen),
    whatToDo: 'Tag a release candidate first.',
  }),
  'image-mismatch': ({ details: { runs, expected, sameTag } }) => ({
    what: sameTag === null ? 'runs another image' : `runs another digest of ${sameTag}`,
    fact: `${short(runs)} ≠ ${short(expected)}`,
    whatToDo: 'Deploy it as released, or publish what it runs.',
  }),
  'not-ready': ({ details: { ready, desired, waitsFor, updated, available } }) => {
    const waits = {
      observation: 'not observed yet',
      update: `${updated} of ${desired} updated`,
      readiness: '',
      availability: `${available} of ${desired} available`,
    } satisfies Record<typeof waitsFor, string>;
    // Where all are ready, that is what is wrong.
    return { fact: ready < desired ? waits[waitsFor] : '', whatToDo: 'Look at its roll-out, then publish it again.' };
  },
  'readiness-unknown': ({ details: { ready } }) => ({
    what: 'readiness unknown',
    fact: ready === null ? '' : `${ready} ready`,
  }),
  'scaled-to-zero': () => ({ fact: '', whatToDo: 'Scale it up, or waive it.' }),
  'environment-split': ({ details: { images } }) => ({
    what: 'runs different images',
    fact: some(imagesOf(images).map(placeWords)),
    whatToDo: 'Deploy the same image everywhere.',
  }),
  'partial-environment': ({ details: { absent, arriving } }) => ({
    what: `is only partly deployed${arriving ? ' yet' : ''}`,
    fact: `without ${some(absent.map(nameOf))}`,
    whatToDo: 'Deploy the rest, or look into its pipeline.',
  }),
  'environment-inversion': ({ details: { earlier } }) => ({
    what: `is ahead of ${earlier.map(({ environment }) => environment).join(', ')}`,
    fact: some(earlier.map(placeWords)),
  }),
  'schema-policy-missing': () => ({ fact: '', whatToDo: 'Set it in the schema registry, and publish it.' }),
  'schema-policy-weakened': ({ details: { before, policy } }) => ({
    what: 'weakened its evolution policy',
    fact: `${before} → ${policy}`,
    whatToDo: 'Take it back, or agree it with the consumers.',
  }),
  'schema-breaking': ({ details: { before, version, policy } }) => ({
    what: `new major version under ${policy}`,
    fact: `${before} → ${version}`,
    whatToDo: 'Make it compatible, or a new subject.',
  }),
  'chart-app-mismatch': ({ details: { appVersion, of, version } }) => ({
    what: `deploys another ${nameOf(of)}`,
    fact: `${appVersion} ≠ ${version}`,
    whatToDo: 'Release it with the appVersion of this release.',
  }),
  'near-duplicate-name': ({ details }) => {
    if ('spellings' in details) return { fact: '', whatToDo: 'Publish under one spelling, and delete the other.' };
    if ('renamed' in details) return { fact: '', whatToDo: 'Keep the new name, or go back to the old one.' };
    return { fact: '', whatToDo: 'Publish under one name, and delete the other.' };
  },
  'withdrawn-release': ({ details: { by, date } }) => ({
    fact: `${date}, ${by}`,
    whatToDo: 'Use another, and roll back where it runs.',
  }),
  frozen: ({ details: { from } }) => ({
    fact: `from ${from}`,
    whatToDo: 'Roll out when it is over, or waive it.',
  }),
  'evidence-missing': ({ details: { byPerson } }) =>
    byPerson ? { fact: '' } : { fact: '', whatToDo: 'Run it, and record it: release-matrix attest.' },
  'evidence-failed': ({ details: { failures } }) => {
    const [newest] = failures;
    const { counts = null, note = null, by = null } = newest ?? {};
    return {
      fact: counts === null ? (note ?? '') : countsWords(counts),
      whatToDo: by === null ? 'Fix what failed, and run it again.' : 'Fix it, and have the same person sign again.',
    };
  },
  'evidence-stale': ({ details: { differences } }) => ({ fact: some(differences.map(differenceWords)) }),
  'future-date': ({ details: { date } }) => ({
    fact: date,
    whatToDo: 'Set the clock of what publishes it, or its date.',
  }),
  'waiver-expired': ({ details: { waived, expires } }) => ({
    what: `the waiver of ${waived} has expired`,
    fact: `ended ${expires}`,
    whatToDo: 'Fix the finding, or renew the waiver.',
  }),
};

/** "1 of 3 ready" of "catalog in prod: 1 of 3 ready". */
function withoutPlace(title: string, { component, environment, release }: Finding): string {
  const name = component === null ? release : nameOf(component);
  const places = [...(environment === null ? [] : [`${name} in ${environment}`]), `${name} in ${release}`, name];
  const place = places.find((text) => title.startsWith(`${text} `) || title.startsWith(`${text}: `));
  const rest = place === undefined ? title : title.slice(place.length).replace(/^:? /, '');
  // It names others as well.
  return rest.startsWith('and ') ? title : rest;
}

function nameOf(component: string): string {
  return component.slice(component.indexOf('#') + 1);
}

/** So many of a list are named. */
const NAMED = 2;

/** "a, b and 3 more". */
function some(list: readonly string[], between = ', '): string {
  const more = list.length - NAMED;
  return `${list.slice(0, NAMED).join(between)}${more > 0 ? ` and ${more} more` : ''}`;
}

/** As much of a digest or a commit as people compare; of what is none of these all of it. */
function short(text: string): string {
  const [, hex] = /^(?:[a-z0-9]+:)?([0-9a-f]{7})[0-9a-f]{5,}$/.exec(text) ?? [];
  return hex ?? text;
}

function placeWords({ environment, value }: InEnvironment): string {
  return environment === null ? value : `${environment} ${value}`;
}

/** Each image by its tag; where all have one tag, by its digest. */
function imagesOf(images: readonly InEnvironment[]): InEnvironment[] {
  const read = images.map(({ value }) => parseImage(value));
  const isOneTag = new Set(read.map((image) => image?.tag)).size === 1;
  return images.map(({ environment, value }, at) => {
    const { tag = null, digest = null } = read[at] ?? {};
    const said = isOneTag ? (digest ?? tag) : (tag ?? digest);
    return { environment, value: short(said ?? value) };
  });
}

/** "orders 9f3c2ab → d41a07e". */
function differenceWords({ component, was, is }: EvidenceDifference): string {
  const name = nameOf(component);
  if (was === null) return `${name} came`;
  return is === null ? `${name} is gone` : `${name} ${short(was.text)} → ${short(is.text)}`;
}

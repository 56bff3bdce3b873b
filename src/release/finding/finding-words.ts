import type { Content, TestCounts } from '../item/evidence.ts';
import { shortDigest } from '../item/image.ts';
import { readRelease } from '../item/release.ts';
import type { EvidenceDifference, Finding, FindingCode, FindingOf, InEnvironment } from './finding.ts';

/** Words for people: the same on the screen, in a terminal and in a message. */
export interface FindingWords {
  /** What is the matter, in a line. */
  readonly title: string;
  /** Why it is one, with the evidence. */
  readonly why: string;
  readonly whatToDo: string;
}

/** What a finding says. */
export function describeFinding(finding: Finding): FindingWords {
  const words = WORDS[finding.code] as (finding: Finding, subject: Subject) => FindingWords;
  return words(finding, subjectOf(finding));
}

/** The component as a sentence names it, and where it is meant: "api", " in prod". */
interface Subject {
  readonly name: string;
  readonly inEnvironment: string;
}

function subjectOf({ release, component, environment }: Finding): Subject {
  return {
    name: component === null ? release : nameOf(component),
    inEnvironment: environment === null ? '' : ` in ${environment}`,
  };
}

/** `k8s#api` → `api`. */
function nameOf(component: string): string {
  return component.slice(component.indexOf('#') + 1);
}

const WORDS: { readonly [C in FindingCode]: (finding: FindingOf<C>, subject: Subject) => FindingWords } = {
  'missing-component': ({ release, details }, { name }) => {
    const seen = details.lastSeenIn === null ? '' : `; last seen in ${details.lastSeenIn}`;
    const expected =
      'row' in details.expectedBy
        ? `The policy expects it by its row “${details.expectedBy.row}”${seen}.`
        : `The ${kindOf(details.expectedBy.releases)} before have it (${details.expectedBy.releases.join(', ')})${seen}.`;
    return details.arriving
      ? {
          title: `${name} has not arrived in ${release} yet`,
          why: `${expected} The release is younger than the grace period.`,
          whatToDo: 'Wait for its pipeline. After the grace period it counts as missing.',
        }
      : {
          title: `${name} is missing from ${release}`,
          why: details.perhapsRetired
            ? `${expected} The newest of them lacks it as well: perhaps it was retired.`
            : expected,
          whatToDo: `Publish the fragment of ${name} for ${release}, or look into its pipeline.`,
        };
  },
  'partial-release': ({ release, details }) => ({
    title: `${release} holds ${details.held} of ${details.expected} components`,
    why: `A partial patch, or pipelines that failed: nothing says which. Absent: ${details.absent.map(nameOf).join(', ')}.`,
    whatToDo:
      'Publish the rest. Where patches tag only what changed, say so in the policy ("patchReleases": "carried"), or waive it.',
  }),
  'unexpected-component': (_, { name }) => ({
    title: `${name} is not in the roster`,
    why: 'No row of the policy’s roster matches it.',
    whatToDo: 'Add a row for it to the roster, or find out who published it.',
  }),
  'invalid-fragment': ({ details, release }, { name }) =>
    'fault' in details
      ? {
          title: `${name}: ${details.fault.attribute} cannot be read`,
          why: `Expected ${details.fault.expected}, received ${details.fault.received}.`,
          whatToDo: 'Publish the fragment again with the field fixed. Everything else of it is shown.',
        }
      : {
          title: `An item of ${release} cannot be read`,
          why: details.reason,
          whatToDo: 'Find who wrote it, publish it as a fragment, and delete the item.',
        },
  'invalid-version': ({ release, details }) =>
    details.semver
      ? {
          title: `${release} is a pre-release of another form`,
          why: 'The usual forms are alpha.N, beta.N and rc.N, in lower case and with a dot: SemVer sorts rc10 before rc2.',
          whatToDo: 'Tag the next one in the form v1.4.0-rc.1.',
        }
      : {
          title: `${release} is not SemVer`,
          why: details.ordered
            ? 'It is ordered by its numbers.'
            : 'It has no place among the releases, so nothing can be compared with it.',
          whatToDo: 'Publish under the tag vMAJOR.MINOR.PATCH, with -alpha.N, -beta.N or -rc.N.',
        },
  'immature-version': ({ details }, { name, inEnvironment }) => ({
    title: details.ofArtifact
      ? `The artifact of ${name} is tagged ${details.version}, which moves`
      : `${name}${inEnvironment} is ${details.version} in ${details.stage === 'rc' ? 'an' : 'a'} ${details.stage} release`,
    why: [
      details.maturity === 'moving'
        ? `${details.version} moves: it may be another build later.`
        : `${details.version} is less mature (${details.maturity}) than the release it is part of.`,
      ...(details.usual ? ['It was so in the releases before.'] : []),
    ].join(' '),
    whatToDo:
      details.maturity === 'moving'
        ? `Publish the version or the digest that ${name} was released with.`
        : `Release ${name} as ${details.stage} and publish its fragment again.`,
  }),
  'version-regressed': ({ details }, { name, inEnvironment }) => ({
    title: `${name}${inEnvironment} went back from ${details.before} to ${details.version}`,
    why: `The stable release before, ${details.previousStable}, has ${details.before}.`,
    whatToDo: 'Find out whether an older build was tagged. If that is intended, waive it.',
  }),
  'version-mismatch': ({ release, details }, { name }) =>
    'leftAt' in details
      ? {
          title: `${name} is still ${details.version} in ${release}`,
          why: `It has always had the release’s own version, and now has that of ${details.leftAt}.`,
          whatToDo: `Find out whether ${name} was left out, or publish the version it was released with.`,
        }
      : {
          title: `${name} says ${details.version}, its artifact ${details.tag}`,
          why: `The artifact is ${details.artifact}.`,
          whatToDo: 'Publish the artifact of this version, or correct the fragment.',
        },
  'sibling-commit-mismatch': ({ release, details }) => ({
    title: `${details.repo} is in ${release} at different commits`,
    why: details.commits.map(({ component, commit }) => `${nameOf(component)}: ${shortCommit(commit)}`).join(', '),
    whatToDo: 'Build all components of the repository from the commit of the tag.',
  }),
  'rebuilt-after-rc': ({ details: { repo, components } }, { name }) => ({
    title: `${components.length > 1 && repo !== null ? repo : name} is not what was tested in ${[...new Set(components.map(({ rc }) => rc))].join(', ')}`,
    why: components
      .map(({ component, rc, what, tested, ships }) => {
        const text = what === 'commit' ? shortCommit : (version: string) => version;
        return `${nameOf(component)}: ${rc} was tested at ${text(tested)}, this is ${text(ships)}`;
      })
      .join('; '),
    whatToDo: 'Promote the build of the release candidate, or test a new candidate.',
  }),
  'stage-skipped': ({ release, details }) => ({
    title: `${release} had no release candidate`,
    why: `Its line has ${details.seen.join(', ')}, and no rc.`,
    whatToDo: 'Tag a release candidate before the stable release.',
  }),
  'image-mismatch': ({ details }, { name, inEnvironment }) => ({
    title: `${name}${inEnvironment} runs ${details.runs}, not ${details.expected}`,
    why: [
      `Its image ${details.image} belongs to ${nameOf(details.of)}, whose ${details.compared === 'digest' ? 'digest' : 'version'} in this release is ${details.expected}.`,
      ...(details.sameTag === null
        ? []
        : [
            `Both are tagged ${details.sameTag}: one digest is of the index and one of a platform, or it was built again.`,
          ]),
    ].join(' '),
    whatToDo: `Deploy ${nameOf(details.of)} as this release has it, or publish what is meant to run.`,
  }),
  'not-ready': ({ details }, { name, inEnvironment }) => ({
    title: `${name}${inEnvironment}: ${rollOutTitle(details)}`,
    why: ROLL_OUT[details.waitsFor](details),
    whatToDo: `Look at the roll-out of ${name}; publish again once it is finished.`,
  }),
  'readiness-unknown': (_, { name, inEnvironment }) => ({
    title: `Unknown whether ${name}${inEnvironment} is ready`,
    why: 'The fragment has no replicas, the desired count.',
    whatToDo: 'Publish replicas with the fragment.',
  }),
  'scaled-to-zero': (_, { name, inEnvironment }) => ({
    title: `${name}${inEnvironment} is scaled to zero`,
    why: 'Its desired count is 0: nothing of it runs.',
    whatToDo: 'Scale it up, or waive it where nothing should run.',
  }),
  'environment-split': ({ release, details }, { name }) => ({
    title: `${name} runs different images as ${release}`,
    why: inEnvironments(details.images),
    whatToDo: 'Deploy the same image everywhere: what was tested is what should run.',
  }),
  'partial-environment': ({ release, details }, { inEnvironment }) => ({
    title: `${release} is only partly deployed${inEnvironment}${details.arriving ? ' yet' : ''}`,
    why: `Deployed: ${details.running.map(nameOf).join(', ')}. Not: ${details.absent.map(nameOf).join(', ')}.`,
    whatToDo: 'Deploy the rest, or find out why its pipeline did not publish.',
  }),
  'environment-inversion': ({ release, environment, details }, { name }) => ({
    title: `${name} is at ${release} in ${environment}, ahead of ${details.earlier.map((at) => at.environment).join(', ')}`,
    why: `Earlier environments are behind: ${inEnvironments(details.earlier)}.`,
    whatToDo: 'Deploy it to the earlier environments first.',
  }),
  'schema-policy-missing': ({ details }, { name }) => ({
    title:
      details.policy === null
        ? `${name} has no evolution policy`
        : `${name} has the evolution policy ${details.policy}`,
    why:
      details.policy === 'NONE'
        ? 'NONE lets any change through: consumers may break.'
        : 'Expected BACKWARD, FORWARD, FULL or their _TRANSITIVE forms.',
    whatToDo: 'Set the compatibility of the subject in the schema registry, and publish it.',
  }),
  'schema-policy-weakened': ({ details }, { name }) => ({
    title: `${name} weakened its evolution policy from ${details.before} to ${details.policy}`,
    why: `In ${details.previousStable} it was ${details.before}; consumers rely on it.`,
    whatToDo: 'Take the policy back, or agree the change with the consumers and waive it.',
  }),
  'schema-breaking': ({ details }, { name }) => ({
    title: `${name} went from ${details.before} to ${details.version} under ${details.policy}`,
    why: `A new major version is a breaking change since ${details.previousStable}, which ${details.policy} rules out.`,
    whatToDo: 'Make the change compatible, or publish it as a new subject.',
  }),
  'chart-app-mismatch': ({ details }, { name }) => ({
    title: `${name} deploys ${details.appVersion}, ${nameOf(details.of)} is ${details.version}`,
    why: `The chart’s appVersion is ${details.appVersion}; in this release ${nameOf(details.of)} is ${details.version}.`,
    whatToDo: 'Release the chart with the appVersion of this release.',
  }),
  'near-duplicate-name': ({ release, details }) => {
    if ('spellings' in details) {
      const others = details.spellings.slice(1).map((tag) => JSON.stringify(tag));
      return {
        title: `${release} is also written ${others.join(', ')}`,
        why: 'The tags spell one version, so each release lacks what was published under the other.',
        whatToDo: 'Publish under one spelling, and delete the fragments of the other.',
      };
    }
    if ('renamed' in details) {
      const { from, to } = details.renamed;
      return {
        title: `${nameOf(from)} is now called ${nameOf(to)}`,
        why: 'The names differ only in case or separators, so it is taken for the same component.',
        whatToDo: 'Keep the new name, or publish under the old one again.',
      };
    }
    return {
      title: `${details.components.map(nameOf).join(' and ')} look like one component`,
      why: 'Their names differ only in case or separators, so each may be missing where the other is.',
      whatToDo: 'Publish under one name, and delete the fragments of the other.',
    };
  },
  'withdrawn-release': ({ release, details }) => ({
    title: `${release} is withdrawn`,
    why: `${ending(details.reason)} Withdrawn ${details.date} by ${details.by}.`,
    whatToDo: 'Use another release, and roll back where this one runs.',
  }),
  frozen: ({ environment, details }) => ({
    title: `${environment} is frozen until ${details.to}`,
    why: `${ending(details.reason)} The freeze began ${details.from}.`,
    whatToDo: 'Roll out when it is over, or waive it where this release must go out.',
  }),
  'evidence-missing': ({ release, details: { name, of, byPerson, minimum, have, arriving } }) => {
    const subject = of === null ? release : `${nameOf(of)} in ${release}`;
    const persons = minimum === 1 ? 'a person' : `${minimum} different persons`;
    return {
      title: byPerson
        ? `${subject} lacks the sign-off ${name}${minimum === 1 ? '' : ` (${have} of ${minimum})`}`
        : `${subject} lacks the evidence ${name}`,
      why: [
        byPerson ? `The policy asks that ${persons} sign it.` : 'The policy asks for it.',
        ...(arriving ? ['The release is younger than the grace period.'] : []),
      ].join(' '),
      whatToDo: byPerson
        ? 'Have it signed: release-matrix sign.'
        : 'Run the check, and record its result: release-matrix attest.',
    };
  },
  'evidence-failed': ({ release, details: { name, of, failures } }) => {
    const subject = of === null ? release : `${nameOf(of)} in ${release}`;
    const [newest] = failures;
    return {
      title: newest?.by == null ? `${subject} failed ${name}` : `${newest.by} rejects ${subject} (${name})`,
      why: failures.map((failure) => failureWords(failure, release)).join(' '),
      whatToDo:
        newest?.by == null
          ? 'Fix what failed and run the check again: its newest result counts.'
          : 'Fix it and have the same person sign it again, or waive it.',
    };
  },
  'evidence-stale': ({
    release,
    details: { name, of, byPerson, minimum, have, release: said, by, at, differences },
  }) => {
    const subject = of === null ? release : `${nameOf(of)} in ${release}`;
    const more = differences.length - MOST_DIFFERENCES;
    return {
      title: `${subject} has changed since ${name}${minimum === 1 ? '' : ` (${have} of ${minimum})`}`,
      why: [
        `${by === null ? 'It passed' : `${by} signed`}${said === release ? '' : ` as ${said}`} at ${at}.`,
        `${differences
          .slice(0, MOST_DIFFERENCES)
          .map((one) => differenceWords(one, by === null ? `${name} ran` : 'it was signed'))
          .join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      ].join(' '),
      whatToDo: byPerson ? 'Have what is there now signed again.' : 'Run the check again, of what is there now.',
    };
  },
  'future-date': ({ details }, { name, inEnvironment }) => ({
    title: `${name}${inEnvironment} is dated ${spanWords(details.minutesAhead)} in the future`,
    why: `Its date is ${details.date}, after the table was read.`,
    whatToDo: 'Set the clock of the machine that publishes it, or the date it sends.',
  }),
  'waiver-expired': ({ details }, { name }) => ({
    title: `The waiver of ${details.waived} for ${name} has expired`,
    why: `It ended ${details.expires} (${details.reason}, ${details.by}); the finding counts again.`,
    whatToDo: 'Fix the finding, or renew the waiver in the policy.',
  }),
};

/** What somebody wrote, as a sentence. */
function ending(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** A release may be expected to hold what its candidate holds. */
function kindOf(tags: readonly string[]): string {
  return tags.every((tag) => readRelease(tag).stage === 'stable') ? 'stable releases' : 'releases';
}

/** "30 days", "5 hours", "90 minutes": the largest unit of which there are two. @param minutes whole ones */
function spanWords(minutes: number): string {
  if (minutes >= 2 * 24 * 60) return `${Math.round(minutes / (24 * 60))} days`;
  if (minutes >= 2 * 60) return `${Math.round(minutes / 60)} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

type RollOutWords = {
  readonly [W in FindingOf<'not-ready'>['details']['waitsFor']]: (details: FindingOf<'not-ready'>['details']) => string;
};

const ROLL_OUT: RollOutWords = {
  observation: () => 'The controller has not seen the newest specification yet.',
  update: ({ updated, desired }) => `${updated} of ${desired} replicas run the newest specification.`,
  readiness: ({ ready, desired }) => `${ready} of ${desired} replicas are ready.`,
  availability: ({ available, desired }) => `${available} of ${desired} replicas are available.`,
};

const UNFINISHED: RollOutWords = {
  observation: () => 'newest specification not observed yet',
  update: ({ updated, desired }) => `${updated} of ${desired} updated`,
  readiness: ({ ready, desired }) => `${ready} of ${desired} ready`,
  availability: ({ available, desired }) => `${available} of ${desired} available`,
};

/** "2 of 3 ready"; where all are, that would read as good news: "roll-out not finished, 1 of 3 updated". */
function rollOutTitle(details: FindingOf<'not-ready'>['details']): string {
  if (details.ready < details.desired) return UNFINISHED.readiness(details);
  return `roll-out not finished, ${UNFINISHED[details.waitsFor](details)}`;
}

function inEnvironments(values: readonly InEnvironment[]): string {
  return values.map(({ environment, value }) => `${environment ?? 'no environment'}: ${value}`).join(', ');
}

/** Components that are named of those that have changed. */
const MOST_DIFFERENCES = 5;

/** "orders was 9f3c2ab when e2e ran, is d41a07e". */
export function differenceWords({ component, was, is }: EvidenceDifference, when: string): string {
  if (was === null) return `${nameOf(component)} came since`;
  if (is === null) return `${nameOf(component)} is gone`;
  return `${nameOf(component)} was ${contentWords(was)} when ${when}, is ${contentWords(is)}`;
}

function contentWords({ kind, text }: Content): string {
  return kind === 'commit' ? shortCommit(text) : kind === 'digest' ? shortDigest(text) : text;
}

type Failure = FindingOf<'evidence-failed'>['details']['failures'][number];

function failureWords({ release: said, by, at, counts, note }: Failure, release: string): string {
  const told = [counts === null ? '' : countsWords(counts), note ?? ''].filter(Boolean).join(': ');
  return `${by === null ? 'It failed' : `${by} rejected it`}${said === release ? '' : ` as ${said}`} at ${at}${told === '' ? '' : ` (${told})`}.`;
}

/** "3 of 120 tests failed". */
export function countsWords({ tests, failures, errors, skipped }: TestCounts): string {
  const ran = `${failures + errors} of ${tests} ${tests === 1 ? 'test' : 'tests'} failed`;
  return skipped === 0 ? ran : `${ran}, ${skipped} skipped`;
}

function shortCommit(commit: string): string {
  return commit.slice(0, 10);
}

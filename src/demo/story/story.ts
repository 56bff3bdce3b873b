import { ALL, type Repository, type Train } from './repositories.ts';

/** A command that is not a gate's: what somebody says of a release, or of the policy. */
export interface Command {
  /** Whose key it is called with; absent: that of a pipeline. */
  readonly by?: string;
  /** After `release-matrix`. */
  readonly words: readonly string[];
  /** What it finds in its working directory, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One stage: who publishes, what is said then, and what is asked at its end. */
export interface Stage {
  /** In words, what happens. */
  readonly says: string;
  readonly train: Train;
  readonly publishes?: readonly Repository[];
  /** Carries out the plan that was asked for last, wave by wave; these pipelines fail, and what follows them waits. */
  readonly carriesOut?: { readonly failing: readonly Repository[] };
  readonly commands?: readonly Command[];
  /** The words of each question, a gate's or a plan's, after `release-matrix`. */
  readonly asks: readonly (readonly string[])[];
  /** How long afterwards it is asked; absent: at once. */
  readonly hoursLater?: number;
}

const without = (...left: Repository[]): Repository[] => ALL.filter((name) => !left.includes(name));

const BEFORE = { release: 'v1.3.0', sources: '1.3.0' };
const ALPHA = { release: 'v1.4.0-alpha.1', sources: 'alpha' };
const BETA = { release: 'v1.4.0-beta.1', sources: 'beta' };
const FIRST_CANDIDATE = { release: 'v1.4.0-rc.1', sources: 'rc.1', ordersVersion: '1.4.0-beta.1' };
const CANDIDATE = { release: 'v1.4.0-rc.2', sources: 'rc.2' };
const STABLE = { release: 'v1.4.0', sources: 'rc.2' };

/** What the team asks for: tests of what is to be a release, and that a person signs what becomes stable. */
const POLICY = {
  evidence: [
    { name: 'smoke', stages: ['beta', 'rc', 'stable'], releases: '>=1.4' },
    { name: 'e2e', stages: ['rc', 'stable'], releases: '>=1.4' },
    { name: 'qa', by: 'person', stages: ['stable'], releases: '>=1.4' },
  ],
};

const check = ({ release }: Train, ...more: string[]) => ['check', release, ...more];

/** A job that has run tests says what came of them: their report, in JUnit's form. */
function tested({ release }: Train, name: string, tests: number): Command {
  const cases = Array.from({ length: tests }, (_, at) => `<testcase classname="${name}" name="test ${at + 1}"/>`);
  const report = `<testsuite name="${name}" tests="${tests}" failures="0">${cases.join('')}</testsuite>`;
  return { words: ['attest', release, name, '--junit', 'reports/*.xml'], files: { [`reports/${name}.xml`]: report } };
}

const TO_STABLE = ['plan', CANDIDATE.release, '--to', 'stable'];
const BACK = ['plan', BEFORE.release, '--environment', 'prod'];

/** A release from its first alpha to stable, as eight repositories make it, and back. */
export const STORY: readonly Stage[] = [
  {
    says: 'The release before it, the first of all: nothing says yet what belongs to a release.',
    train: BEFORE,
    publishes: ALL,
    asks: [check(BEFORE)],
  },
  {
    says: 'The team says what it asks for: smoke tests of a beta, e2e tests of a candidate, and that a person signs for qa before it is stable. Nobody has published anything of the next release.',
    train: ALPHA,
    commands: [
      {
        by: 'ada',
        words: ['policy', 'put', 'policy.json', '--if-unchanged', 'none'],
        files: { 'policy.json': JSON.stringify(POLICY) },
      },
    ],
    asks: [check(ALPHA)],
  },
  {
    says: 'Five repositories have something new; an alpha need not be whole.',
    train: ALPHA,
    publishes: without('acme/scoring', 'acme/charts', 'acme/deployments'),
    asks: [check(ALPHA)],
  },
  {
    says: 'All eight publish the beta, but no pod of auth-service is up.',
    train: { ...BETA, starting: ['auth-service'] },
    publishes: ALL,
    asks: [check(BETA)],
  },
  {
    says: 'The roll-out is finished, and the smoke tests pass.',
    train: BETA,
    publishes: ['acme/deployments'],
    commands: [tested(BETA, 'smoke', 12)],
    asks: [check(BETA)],
  },
  {
    says: 'A candidate, tested, with the beta of orders in it by mistake: a warning for a candidate.',
    train: FIRST_CANDIDATE,
    publishes: ALL,
    commands: [tested(FIRST_CANDIDATE, 'smoke', 12), tested(FIRST_CANDIDATE, 'e2e', 214)],
    asks: [check(FIRST_CANDIDATE)],
  },
  {
    says: 'Would it do as the stable release?',
    train: FIRST_CANDIDATE,
    asks: [check(FIRST_CANDIDATE, '--as', 'stable')],
  },
  {
    says: 'The second candidate, as it should be, and tested, is judged as the stable release. Nobody has signed in the two hours since.',
    train: CANDIDATE,
    publishes: ALL,
    commands: [tested(CANDIDATE, 'smoke', 12), tested(CANDIDATE, 'e2e', 214)],
    asks: [check(CANDIDATE, '--as', 'stable')],
    hoursLater: 2,
  },
  {
    says: 'Ada signs, as her AWS identity that she is. Here that is the id of her key, by which alone an embedded table knows who calls.',
    train: CANDIDATE,
    commands: [{ by: 'ada', words: ['sign', CANDIDATE.release, 'qa', '--reason', 'Ordered and paid by hand'] }],
    asks: [check(CANDIDATE, '--as', 'stable')],
  },
  { says: 'What is there to do until it is v1.4.0? Nothing of it is done yet.', train: STABLE, asks: [TO_STABLE] },
  {
    says: 'The tags are made in that order, each where the candidate is. The pipeline of scoring fails, so the frontend waits. Its fragment may still be on its way.',
    train: STABLE,
    carriesOut: { failing: ['acme/scoring'] },
    asks: [check(STABLE)],
  },
  {
    says: 'It has not come: it is missing, and so is what waits for it.',
    train: STABLE,
    asks: [check(STABLE)],
    hoursLater: 2,
  },
  { says: 'What is left?', train: STABLE, asks: [TO_STABLE] },
  {
    says: 'It is run again, and the frontend follows.',
    train: STABLE,
    carriesOut: { failing: [] },
    asks: [TO_STABLE],
  },
  {
    says: 'All of it is rolled out. What was tested and signed as the candidate holds for it: it is the same.',
    train: STABLE,
    publishes: ['acme/deployments'],
    commands: [{ words: ['evidence', STABLE.release] }],
    asks: [check(STABLE)],
  },
  { says: 'It loses orders. What has to run in production for v1.3.0 to run there?', train: BEFORE, asks: [BACK] },
  {
    says: 'That is rolled out, and published as what runs now. Nobody is to use v1.4.0 any more.',
    train: { ...BEFORE, environments: ['prod'] },
    publishes: ['acme/deployments'],
    commands: [{ by: 'ada', words: ['policy', 'withdraw', '--release', STABLE.release, '--reason', 'Loses orders'] }],
    asks: [BACK, check(STABLE)],
  },
];

/** After the story: what a second run of a pipeline does, and one that builds something else under the same tag. */
export const AGAIN: readonly { readonly says: string; readonly train: Train; readonly publishes: Repository }[] = [
  { says: 'The pipeline of orders is run once more: nothing changes.', train: STABLE, publishes: 'acme/orders' },
  {
    says: 'The tag of orders is moved to another commit and built again: refused.',
    train: { ...STABLE, sources: 'something else' },
    publishes: 'acme/orders',
  },
];

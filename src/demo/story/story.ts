import { ALL, type Repository, type Train } from './repositories.ts';

/** One stage: who publishes, and what is asked then. */
export interface Stage {
  /** In words, what happens. */
  readonly says: string;
  readonly train: Train;
  readonly publishes: readonly Repository[];
  /** The words of the gate after `check <release>`. */
  readonly gate: readonly string[];
  /** How long afterwards it is asked; absent: at once. */
  readonly hoursLater?: number;
}

const without = (...left: Repository[]): Repository[] => ALL.filter((name) => !left.includes(name));

const BETA = { release: 'v1.4.0-beta.1', sources: 'beta' };
const FIRST_CANDIDATE = { release: 'v1.4.0-rc.1', sources: 'rc.1', ordersVersion: '1.4.0-beta.1' };
const STABLE = { release: 'v1.4.0', sources: 'rc.2' };

/** A release from its first alpha to stable, as eight repositories make it. */
export const STORY: readonly Stage[] = [
  {
    says: 'The release before it, the first of all: nothing says yet what belongs to a release.',
    train: { release: 'v1.3.0', sources: '1.3.0' },
    publishes: ALL,
    gate: [],
  },
  {
    says: 'Nobody has published anything of the next one.',
    train: { release: 'v1.4.0-alpha.1', sources: 'alpha' },
    publishes: [],
    gate: [],
  },
  {
    says: 'Five repositories have something new; an alpha need not be whole.',
    train: { release: 'v1.4.0-alpha.1', sources: 'alpha' },
    publishes: without('acme/scoring', 'acme/charts', 'acme/deployments'),
    gate: [],
  },
  {
    says: 'All eight publish the beta, but no pod of auth-service is up.',
    train: { ...BETA, starting: ['auth-service'] },
    publishes: ALL,
    gate: [],
  },
  { says: 'The roll-out is finished.', train: BETA, publishes: ['acme/deployments'], gate: [] },
  {
    says: 'A candidate, with the beta of orders in it by mistake: a warning for a candidate.',
    train: FIRST_CANDIDATE,
    publishes: ALL,
    gate: [],
  },
  {
    says: 'Would it do as the stable release?',
    train: FIRST_CANDIDATE,
    publishes: [],
    gate: ['--as', 'stable'],
  },
  {
    says: 'The second candidate, as it should be, judged as the stable release.',
    train: { release: 'v1.4.0-rc.2', sources: 'rc.2' },
    publishes: ALL,
    gate: ['--as', 'stable'],
  },
  {
    says: 'v1.4.0 is tagged everywhere, but the pipeline of scoring has failed. Its fragment may still be on its way.',
    train: STABLE,
    publishes: without('acme/scoring'),
    gate: [],
  },
  { says: 'It has not come: it is missing.', train: STABLE, publishes: [], gate: [], hoursLater: 2 },
  { says: 'It is run again.', train: STABLE, publishes: ['acme/scoring'], gate: [] },
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

import type { Release } from '../item/release.ts';
import { matchingRows } from '../policy/matching-rows.ts';
import type { RosterRow, WithdrawnComponent } from '../policy/policy.ts';
import type { Expectation } from '../policy/policy-document.ts';
import { candidatesOf, type Estate, isPatch, LOOK_BACK, MUST_BE_IN, predecessors } from './estate.ts';
import type { Matrix } from './matrix.ts';

/** The components a release should have, and how that is known. */
export interface Roster {
  /** `none`: nothing says what belongs to the release, so its completeness is unknown. */
  readonly source: 'policy' | 'inferred' | 'none';
  /** Rows of the whole predecessors it was inferred from, newest first. */
  readonly from: readonly number[];
  /** In column order. */
  readonly expected: readonly Expected[];
  /** Of those the ones of which the release has nothing of its own. */
  readonly absent: readonly Expected[];
  /** Whether the policy says to have no findings of a component. */
  readonly ignores: (component: string) => boolean;
  /** Whether the policy says that a component may be there or not: it is optional, or withdrawn. */
  readonly isOptional: (component: string) => boolean;
  /** Whether a row of the policy matches a component. True of all where the roster is not the policy's. */
  readonly knows: (component: string) => boolean;
}

/** A component the release should have. */
export interface Expected {
  readonly component: string;
  readonly column: number;
  readonly expectation: 'required' | 'carried';
  /** Carried only because patch releases are: in any other release it is required. */
  readonly inPatchesOnly: boolean;
  /** The policy's row that says so, as written; null where it is inferred. */
  readonly row: string | null;
  /** Rows of the releases it was inferred from, newest first; empty where the policy says it. */
  readonly taughtBy: readonly number[];
  /** Of a component that the release lacks: the row of the newest predecessor, where it is carried over from there. */
  readonly inheritedFrom: number | null;
  /** Of one that it lacks: the column of the look-alike that came in its place. */
  readonly cameAs: number | null;
}

/** What a release should have, and neither has, nor inherits, nor has by another spelling. */
export function missingOf({ absent }: Roster): readonly Expected[] {
  return absent.filter(({ inheritedFrom, cameAs }) => inheritedFrom === null && cameAs === null);
}

/** A patch, or a candidate, that holds less of its roster is one of a part. */
const WHOLE_SHARE = 0.75;

/** What rosters are worked out from; made once per estate. */
export interface Rosters {
  /** The roster of a row. */
  readonly of: (row: number) => Roster;
  /** Whether a row teaches what later releases should have: a patch of less than three quarters of its roster does not. */
  readonly isWhole: (row: number) => boolean;
  /** The whole predecessors that a row's roster rests on, newest first. */
  readonly basis: (row: number) => readonly number[];
}

/** What is inferred for a release: the columns, and who teaches each. */
interface Inferred {
  readonly from: readonly number[];
  readonly columns: ReadonlyMap<number, readonly number[]>;
  /** What the releases that rest on it have in common: of each column, that it is expected and there. */
  readonly there: Map<number, Expected>;
}

/**
 * Makes the rosters of an estate: docs/findings.md, "The roster".
 *
 * @param knownWhole by row whether a stable release is whole, of those of which it is known. A table and no function: one
 *   would hold on to what it asks, and with it to every estate before
 */
export function rostersOf(estate: Estate, knownWhole: ReadonlyMap<number, boolean> = new Map()): Rosters {
  const whole = new Map(knownWhole);
  const bases = new Map<number, readonly number[]>();
  const inferred = new Map<string, Inferred>();

  const basis = (row: number): readonly number[] =>
    remember(bases, row, () => predecessors(estate, row, LOOK_BACK, isWhole));
  const inferredFor = (row: number, rules: Rules): Inferred => {
    const from = basis(row);
    const taught = estate.matrix.releases[row]?.stage === 'stable' ? candidatesOf(estate, row) : [];
    // Releases of one line mostly look back at the same ones, and the same rows of the policy apply to them.
    const { roster, withdrawn } = estate.policy;
    const resting = [
      from,
      taught,
      rules.rows.map((rule) => roster.indexOf(rule)),
      rules.withdrawn.map((rule) => withdrawn.components.indexOf(rule)),
    ];
    return remember(inferred, resting.join(' '), () => infer(estate, from, taught, rules));
  };
  const isWhole = (row: number): boolean => {
    const known = whole.get(row);
    if (known !== undefined) return known;
    // From the oldest up: whether a release is whole rests on those before it, over any number of releases.
    for (let at = estate.stables.length - 1; at >= 0; at--) {
      const stable = estate.stables[at] ?? 0;
      if (stable < row) break;
      if (!whole.has(stable)) whole.set(stable, holdsEnough(estate, stable, of));
    }
    return remember(whole, row, () => holdsEnough(estate, row, of));
  };
  const made = new Map<number, Roster>();
  const of = (row: number): Roster => remember(made, row, () => make(row));
  const make = (row: number): Roster => {
    const release = estate.matrix.releases[row];
    const rules = rulesOf(estate, release);
    const taught = inferredFor(row, rules);
    const roster =
      rules.rows.length > 0 ? policyRoster(estate, row, rules, taught) : inferredRoster(estate, row, rules, taught);
    return withoutRetired(estate, row, roster);
  };
  return { of, isWhole, basis };
}

/** What a release has, but only where environments were withdrawn since, is neither there nor missing. */
function withoutRetired({ matrix }: Estate, row: number, roster: Roster): Roster {
  const retired = matrix.retired?.get(matrix.releases[row]?.tag ?? '');
  if (retired === undefined) return roster;
  const isAsked = ({ component, column }: Expected) => matrix.entries[row]?.[column] != null || !retired.has(component);
  return { ...roster, expected: roster.expected.filter(isAsked), absent: roster.absent.filter(isAsked) };
}

function remember<K, T>(made: Map<K, T>, key: K, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const value = make();
  made.set(key, value);
  return value;
}

/** What patch releases carry over does not count: it says nothing of what this one tagged. */
function holdsEnough(estate: Estate, row: number, rosterOf: (row: number) => Roster): boolean {
  if (!isPatch(estate, row)) return true;
  const due = rosterOf(row).expected.filter(
    ({ expectation, inPatchesOnly }) => expectation === 'required' || inPatchesOnly,
  );
  const held = due.filter(({ column, cameAs }) => cameAs !== null || estate.matrix.entries[row]?.[column]);
  return held.length >= due.length * WHOLE_SHARE;
}

/** How much of what must be tagged in it a release holds, and whether that is a part of it only. */
export function shareOf(roster: Roster): { due: number; held: number; isPart: boolean } {
  const isDue = ({ expectation }: Expected) => expectation === 'required';
  const due = roster.expected.filter(isDue).length;
  const held = due - missingOf(roster).filter(isDue).length;
  return { due, held, isPart: held < due * WHOLE_SHARE };
}

/**
 * What the releases before have in common, and what the candidates have, without what the policy ignores or withdraws.
 *
 * @param candidates newest first; empty where they teach nothing
 */
function infer({ matrix }: Estate, from: readonly number[], candidates: readonly number[], rules: Rules): Inferred {
  const counts = matrix.components.map(({ id }) => !ignores(rules, id) && !rules.isWithdrawn(id));
  const needed = from.length < LOOK_BACK ? from.length : MUST_BE_IN;
  const columns = new Map<number, readonly number[]>();
  if (from.length > 0) {
    for (let column = 0; column < matrix.components.length; column++) {
      if (!counts[column]) continue;
      let seen = 0;
      for (const row of from) if (matrix.entries[row]?.[column]) seen++;
      if (seen >= needed) columns.set(column, from);
    }
  }
  if (candidates.length === 0) return { from, columns, there: new Map() };
  for (const [column, row] of ofCandidates(matrix, candidates, columns, counts)) {
    columns.set(column, [...(columns.get(column) ?? []), row]);
  }
  return { from, columns: new Map([...columns].sort(([a], [b]) => a - b)), there: new Map() };
}

/**
 * What the candidates say belongs to the release, by column: what the last one has. One of a part adds to the one
 * before it. Workloads are left out: preprod may hold what production never will.
 */
function ofCandidates(
  matrix: Matrix,
  candidates: readonly number[],
  inferred: ReadonlyMap<number, unknown>,
  counts: readonly boolean[],
): Map<number, number> {
  const isBuilt = (column: number) => counts[column] === true && matrix.components[column]?.type !== 'k8s';
  const columnsOf = (row: number) =>
    (matrix.entries[row] ?? []).flatMap((found, column) => (found !== null && isBuilt(column) ? [column] : []));
  const taught = new Map<number, number>();
  for (const [at, row] of candidates.entries()) {
    const columns = columnsOf(row);
    for (const column of columns) if (!taught.has(column)) taught.set(column, row);
    const before = candidates[at + 1];
    if (before === undefined) break;
    const due = inferred.size > 0 ? [...inferred.keys()].filter(isBuilt) : columnsOf(before);
    const held = new Set(columns);
    if (due.filter((column) => held.has(column)).length >= due.length * WHOLE_SHARE) break;
  }
  return taught;
}

function inferredRoster(
  estate: Estate,
  row: number,
  { isWithdrawn }: Rules,
  { from, columns, there }: Inferred,
): Roster {
  const inPatch = estate.policy.patchesCarry && isPatch(estate, row);
  const held = estate.matrix.entries[row] ?? [];
  const expected: Expected[] = [];
  for (const [column, taughtBy] of columns) {
    const make = () =>
      expect(estate, row, column, { said: 'required', inPatch, policyRow: null, taughtBy, rules: NO_RULES });
    // Whether it is a patch is of no account where no patch carries.
    const shared = held[column] != null && !estate.policy.patchesCarry;
    expected.push(shared ? remember(there, column, make) : make());
  }
  return {
    // Where the releases before have nothing in common, nothing says what belongs to this one.
    source: columns.size === 0 ? 'none' : 'inferred',
    from,
    expected,
    absent: absentFrom(held, expected),
    isOptional: isWithdrawn,
    ...OF_NO_POLICY,
  };
}

/**
 * What a roster is asked by component. Made apart from what it is made of: a row that a poll leaves as it is keeps its
 * roster, and with what that can reach it would keep the whole estate of the time at which it was judged.
 */
type Asked = Pick<Roster, 'ignores' | 'isOptional' | 'knows'>;

const OF_NO_POLICY: Pick<Asked, 'ignores' | 'knows'> = { ignores: () => false, knows: () => true };

function ofPolicy(rules: Rules): Asked {
  const { rowFor, isWithdrawn } = rules;
  return {
    ignores: (component) => ignores(rules, component),
    isOptional: (component) => rowFor(component)?.expectation === 'optional' || isWithdrawn(component),
    knows: (component) => rowFor(component) !== undefined,
  };
}

function absentFrom(held: Matrix['entries'][number], expected: readonly Expected[]): Expected[] {
  return expected.filter(({ column }) => held[column] == null);
}

/**
 * The first row that matches a component gives its expectation: to components it names without a wildcard, seen or not;
 * to the matching ones of the inferred roster and of the release itself. A row that says `carried` also reaches what any
 * predecessor has, as a component that is carried over twice is in none of the last releases and still part of the
 * product.
 *
 * There is no roster where no row expects anything, as what is only optional or ignored makes nothing whole; nor where
 * nothing is inferred and no row names a component that it expects: rows of wildcards alone would expect just what is
 * there, and call it whole.
 */
function policyRoster(estate: Estate, row: number, rules: Rules, { from, columns }: Inferred): Roster {
  const { matrix } = estate;
  const { rows, rowFor } = rules;
  const inPatch = estate.policy.patchesCarry && isPatch(estate, row);
  const named = new Set(rows.flatMap(({ literal }) => (literal === null ? [] : [literal])));
  const expected: Expected[] = [];
  matrix.components.forEach(({ id }, column) => {
    const rule = rowFor(id);
    if (!rule || !isExpectation(rule.expectation) || rules.isWithdrawn(id)) return;
    const taughtBy = columns.get(column) ?? [];
    const one = expect(estate, row, column, {
      said: rule.expectation,
      inPatch,
      policyRow: rule.component,
      taughtBy,
      rules,
    });
    const isThere = matrix.entries[row]?.[column] != null;
    const reached = rule.expectation === 'carried' && one.inheritedFrom !== null;
    if (named.has(id) || columns.has(column) || isThere || reached) expected.push(one);
  });
  return {
    source: expected.some(({ component, column }) => named.has(component) || columns.has(column)) ? 'policy' : 'none',
    from,
    expected,
    absent: absentFrom(matrix.entries[row] ?? [], expected),
    ...ofPolicy(rules),
  };
}

interface Expecting {
  readonly said: 'required' | 'carried';
  /** It is a patch, and those tag only what changed. */
  readonly inPatch: boolean;
  readonly policyRow: string | null;
  readonly taughtBy: readonly number[];
  readonly rules: Rules;
}

function expect(
  estate: Estate,
  row: number,
  column: number,
  { said, inPatch, policyRow, taughtBy, rules }: Expecting,
): Expected {
  const inPatchesOnly = said === 'required' && inPatch;
  const expectation = inPatchesOnly ? 'carried' : said;
  const component = estate.matrix.components[column]?.id ?? '';
  const there = {
    component,
    column,
    expectation,
    inPatchesOnly,
    row: policyRow,
    taughtBy,
    inheritedFrom: null,
    cameAs: null,
  };
  if (estate.matrix.entries[row]?.[column] != null) return there;
  const cameAs = lookAlikeOf(estate, row, column, rules);
  if (cameAs !== null) return { ...there, cameAs };
  const [inheritedFrom = null] = expectation === 'carried' ? predecessorsThatHave(estate, row, column) : [];
  return { ...there, inheritedFrom };
}

/**
 * The look-alike that a release has in the place of a component, where the release before that had it did not. What the
 * policy ignores stands for nothing.
 */
function lookAlikeOf(estate: Estate, row: number, column: number, rules: Rules): number | null {
  const group = estate.lookAlikesOf.get(column);
  if (group === undefined) return null;
  const [before] = predecessorsThatHave(estate, row, column);
  const { entries, components } = estate.matrix;
  const came = group.find(
    (other) =>
      other !== column &&
      entries[row]?.[other] &&
      (before === undefined || !entries[before]?.[other]) &&
      !ignores(rules, components[other]?.id ?? ''),
  );
  return came ?? null;
}

function predecessorsThatHave(estate: Estate, row: number, column: number): number[] {
  return predecessors(estate, row, 1, (stable) => estate.matrix.entries[stable]?.[column] != null);
}

/** The rows of the policy that apply to a release. */
interface Rules {
  readonly rows: readonly RosterRow[];
  /** The first row that matches a component. */
  readonly rowFor: (component: string) => RosterRow | undefined;
  /** Those of `withdrawn` that are about components. */
  readonly withdrawn: readonly WithdrawnComponent[];
  readonly isWithdrawn: (component: string) => boolean;
}

const NO_RULES: Rules = { rows: [], rowFor: () => undefined, withdrawn: [], isWithdrawn: () => false };

function rulesOf({ policy: { roster, withdrawn } }: Estate, release: Release | undefined): Rules {
  const applies = rowsThatApply(release);
  const rows = roster.filter(applies);
  const gone = withdrawn.components.filter(applies);
  if (rows.length + gone.length === 0) return NO_RULES;
  const [matching, matchingGone] = [matchingRows(roster), matchingRows(withdrawn.components)];
  return {
    rows,
    rowFor: (component) => matching(component).find(applies),
    withdrawn: gone,
    isWithdrawn: (component) => gone.length > 0 && matchingGone(component).some(applies),
  };
}

/** Whether a row applies to a release. Rows that name the same releases share one range, which is asked once. */
function rowsThatApply(release: Release | undefined): (row: Pick<RosterRow, 'appliesTo'>) => boolean {
  const asked = new Map<RosterRow['appliesTo'], boolean>();
  return ({ appliesTo }) => release !== undefined && remember(asked, appliesTo, () => appliesTo(release));
}

function ignores({ rowFor }: Rules, component: string): boolean {
  return rowFor(component)?.expectation === 'ignored';
}

function isExpectation(expectation: Expectation): expectation is 'required' | 'carried' {
  return expectation === 'required' || expectation === 'carried';
}

/**
 * A roster that does not ask for components of some types yet: a gate before the roll-out. Those that are absent are
 * neither missing, expected nor carried over.
 */
export function notYet(estate: Estate, row: number, roster: Roster, types: ReadonlySet<string>): Roster {
  if (types.size === 0) return roster;
  const { components, entries } = estate.matrix;
  const isDue = ({ column }: Expected) => entries[row]?.[column] != null || !types.has(components[column]?.type ?? '');
  return { ...roster, expected: roster.expected.filter(isDue), absent: roster.absent.filter(isDue) };
}

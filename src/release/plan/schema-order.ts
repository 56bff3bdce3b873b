import { type EvolutionPolicy, readEvolutionPolicy, strengthOf } from '../checks/evolution-policy.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareNumbers, readVersion, sameVersion } from '../item/version.ts';
import { isAnother } from '../matrix/classify-change.ts';
import type { SchemaOrder } from './plan-document.ts';
import type { Link } from './waves.ts';

/** A component that may write or read events. */
export interface Party {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

/** A schema that changed, and what follows for the order of those that write and read its events. */
export interface OrderedSchema {
  readonly order: SchemaOrder;
  readonly strength: number;
}

/**
 * What follows from a change of a schema. By Confluent's rules: under BACKWARD the new schema reads what was written by the
 * old one, so that consumers go first; under FORWARD the old one reads what is written by the new, so that producers do.
 * Source: https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html
 *
 * @param parties who may be meant by the names of its producers and consumers
 * @returns null where it did not change
 */
export function orderOf(before: Fragment, now: Fragment, parties: readonly Party[]): OrderedSchema | null {
  const [from, to] = [versionOf(before), versionOf(now)];
  const changed = from === undefined || to === undefined ? isAnother(before, now) : !sameVersion(from, to);
  if (!changed) return null;
  const policy = readEvolutionPolicy(now.fields.evolutionPolicy);
  const rule = ruleOf(policy, from, to);
  const producers = find(now.fields.producers, parties);
  const consumers = find(now.fields.consumers, parties);
  const orders = rule === 'consumers-first' || rule === 'producers-first';
  const [first, after] = rule === 'producers-first' ? [producers, consumers] : [consumers, producers];
  const versions = from === undefined || to === undefined ? '' : ` from ${from} to ${to}`;
  const said = policy ?? now.fields.evolutionPolicy ?? null;
  const words = [
    `${now.name}${versions}: ${RULE_WORDS[rule](said)}`,
    ...(orders || rule === 'coordinate'
      ? [whoWords('consumes', 'consumers', consumers), whoWords('produces', 'producers', producers)]
      : []),
  ];
  return {
    order: {
      component: now.component,
      from: from ?? before.ownVersion,
      to: to ?? now.ownVersion,
      policy: said,
      rule,
      first: orders ? first.found.map(({ id }) => id) : [],
      after: orders ? after.found.map(({ id }) => id) : [],
      words: words.join('; '),
    },
    strength: policy === null ? 0 : strengthOf(policy),
  };
}

/** The release stands in for a missing version elsewhere; here it would make a change of every schema. */
function versionOf({ fields }: Fragment): string | undefined {
  return fields.schemaVersion ?? fields.componentVersion;
}

function ruleOf(policy: EvolutionPolicy | null, from: string | undefined, to: string | undefined): SchemaOrder['rule'] {
  if (policy === null) return 'unknown';
  const [before, now] = [readVersion(from ?? ''), readVersion(to ?? '')];
  if (policy === 'NONE' || (before !== null && now !== null && compareNumbers(now, before, 1) !== 0))
    return 'coordinate';
  if (policy.startsWith('FULL')) return 'any-order';
  return policy.startsWith('BACKWARD') ? 'consumers-first' : 'producers-first';
}

const RULE_WORDS: { readonly [R in SchemaOrder['rule']]: (policy: string | null) => string } = {
  'consumers-first': (policy) => `${policy}, so consumers before producers`,
  'producers-first': (policy) => `${policy}, so producers before consumers`,
  'any-order': (policy) => `${policy}, so in any order`,
  coordinate: (policy) =>
    policy === 'NONE'
      ? 'NONE, so no order keeps both sides working: coordinate'
      : `a new major version, so no order keeps both sides working whatever ${policy} says: coordinate`,
  unknown: (policy) =>
    policy === null
      ? 'its evolution policy is unknown, and so is the order'
      : `“${policy}” is not an evolution policy, so the order is not known`,
};

interface Parties {
  /** Null: the table names nobody. */
  readonly named: readonly string[] | null;
  readonly found: readonly Party[];
  readonly unknown: readonly string[];
}

/** A name means every component of that name; `backend#orders` means that one. */
function find(names: readonly string[] | undefined, parties: readonly Party[]): Parties {
  if (names === undefined) return { named: null, found: [], unknown: [] };
  const meant = (name: string) => parties.filter((party) => party.id === name || party.name === name);
  const found = new Set(names.flatMap(meant));
  return {
    named: names,
    found: parties.filter((party) => found.has(party)),
    unknown: names.filter((name) => meant(name).length === 0),
  };
}

function whoWords(verb: string, noun: string, { named, unknown }: Parties): string {
  if (named === null) return `nothing says who ${verb} it`;
  const strangers = unknown.length === 0 ? '' : ` (not in the release: ${unknown.join(', ')})`;
  return `${noun} ${named.join(', ')}${strangers}`;
}

/**
 * The links between nodes that hold those parties. What runs follows what runs, and what is built what is built: to tag a
 * producer after the roll-out of a consumer would hold up everything.
 *
 * @param nodesOf the nodes that hold a component; none: there is nothing to do for it
 * @returns with them the schemas of which a producer and a consumer are one node, so that no order is possible
 */
export function linksOf(
  schemas: readonly OrderedSchema[],
  nodesOf: (component: string) => readonly number[],
): { readonly links: readonly Link[]; readonly atOnce: readonly SchemaOrder[] } {
  const links: Link[] = [];
  const atOnce = new Set<SchemaOrder>();
  const isRunning = (component: string) => component.startsWith('k8s#');
  for (const { order, strength } of schemas) {
    for (const one of order.first) {
      // A service that both writes and reads its events is one with itself.
      for (const other of order.after.filter((after) => after !== one && isRunning(after) === isRunning(one))) {
        for (const before of nodesOf(one)) {
          for (const after of nodesOf(other)) {
            if (before === after) atOnce.add(order);
            else links.push({ before, after, strength, schema: order.component });
          }
        }
      }
    }
  }
  return { links, atOnce: [...atOnce] };
}

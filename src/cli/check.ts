import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { readItems } from '../release/fragment.ts';
import { factsOf, type GateReport, gateRelease } from '../release/gate.ts';
import type { Stage } from '../release/release.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { policyInForce } from './policy-option.ts';
import type { Surroundings } from './surroundings.ts';
import { readItemsOf, type TableOptions } from './table-options.ts';
import { verdictText } from './verdict-text.ts';

export interface CheckOptions extends TableOptions {
  readonly policy?: string;
  /** The stage it is evaluated as; its own where absent. */
  readonly as?: Stage;
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
  readonly format: 'text' | 'json';
}

const EXIT_OF_VERDICT = {
  pass: EXIT.pass,
  fail: EXIT.blocked,
  unknown: EXIT.unknown,
} satisfies Record<GateReport['verdict'], ExitCode>;

/**
 * Gates one release and prints what the gate says.
 *
 * @throws Ending for bad input (`usage`) and for what cannot be read (`unknown`)
 */
export async function check(release: string, options: CheckOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { items, keys } = await readItemsOf(options, surroundings);
  const { policy, source } = policyInForce(options.policy, items, keys);
  const { fragments, rejected } = readItems(items, keys, policy.environments);
  const facts = canonicalize(factsOf([...fragments, ...rejected], policy)) ?? '';
  const digest = `sha256:${createHash('sha256').update(facts).digest('hex')}`;
  const readAt = options.now ?? surroundings.now();
  const said = gateRelease({ fragments, rejected, readAt, policy, digest }, release, options.as ?? null);
  surroundings.stdout(options.format === 'json' ? `${JSON.stringify(said, null, 2)}\n` : verdictText(said, source));
  return EXIT_OF_VERDICT[said.verdict];
}

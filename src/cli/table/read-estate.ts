import { readItems } from '../../release/item/fragment.ts';
import type { Policy } from '../../release/policy/policy.ts';
import { buildReport, type Report } from '../../release/report/report.ts';
import type { CliContext } from '../context/cli-context.ts';
import { policyInForce } from './policy-option.ts';
import { readItemsOf, type TableOptions } from './table-options.ts';

export interface EstateOptions extends TableOptions {
  readonly policy?: string;
  /** ISO 8601; the machine's clock at the end of the reading where absent. */
  readonly now?: string;
}

/**
 * Reads everything and says what there is to say of it.
 *
 * @throws ExitError for bad input (`usage`) and for what cannot be read (`unknown`)
 */
export async function readEstate(
  options: EstateOptions,
  context: CliContext,
): Promise<{ readonly report: Report; readonly policy: Policy }> {
  const { items, keys } = await readItemsOf(options, context);
  const { policy } = policyInForce(options.policy, items, keys);
  const readAt = options.now ?? context.now();
  return { report: buildReport({ ...readItems(items, keys, policy.environments), readAt }, policy), policy };
}

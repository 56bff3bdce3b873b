import type { PageStart } from '../contract/local-server.ts';
import { filePolicyOf, writeOneFile } from '../contract/one-file.ts';
import { bareTableName } from '../contract/table-arn.ts';
import type { PolicyInForce } from '../release/policy/policy-item.ts';
import { enoughSteps } from '../release/report/enough-releases.ts';
import { type OneFileAnswer, type OneFileAsks, releasesOf } from '../views/export/one-file-answer.ts';
import type { Known } from '../views/questions.ts';
import { fileNamePart } from '../views/words/file-name.ts';
import { packItems } from './packed-items.ts';
import { inSlices } from './slices.ts';

/** What a file holds besides what is known of the table. */
export interface Beyond {
  readonly start: PageStart;
  readonly policy: PolicyInForce;
  readonly loadPage: () => Promise<string>;
}

/**
 * What is shown as one file.
 *
 * @throws Error where the page without data cannot be had
 */
export async function answerOneFile(
  known: Known,
  asks: OneFileAsks,
  { start, policy, loadPage }: Beyond,
): Promise<OneFileAnswer> {
  const { report, keyNames } = known;
  const page = await loadPage();
  const asked = releasesOf(report, asks);
  const { fragments, evidence, rejected, judged } =
    asked === null
      ? { ...known, judged: null }
      : await inSlices(enoughSteps(known, asked), new AbortController().signal);
  const table = bareTableName(start.table);
  const text = writeOneFile(page, {
    schema: 1,
    table,
    region: start.source.kind === 'aws' ? start.region : null,
    keyNames,
    readAt: report.readAt,
    asked: judged === null ? null : asked,
    judged,
    address: asks.address,
    policy: filePolicyOf(policy),
    items: await packItems([...fragments, ...evidence, ...rejected].map(({ item }) => item)),
  });
  const [only = null] = asked?.length === 1 ? asked : [];
  return { text, type: 'text/html', ending: 'html', name: `release-${fileNamePart(only ?? table)}.html` };
}

import { gzipSync } from 'node:zlib';
import { filePolicyOf, writeOneFile } from '../../contract/one-file.ts';
import { bareTableName } from '../../contract/table-arn.ts';
import { type Enough, enoughSteps } from '../../release/report/enough-releases.ts';
import { makeReport } from '../../release/report/make-report.ts';
import { finish } from '../../release/text/steps.ts';
import { EXIT, ExitError, usage } from '../context/exit-codes.ts';
import type { ShownItems } from './release-report.ts';

/**
 * The dashboard as one file: with the items of some releases, of all that they are held against, and the policy.
 *
 * @param page without data
 * @param asked tags; null: the whole table. Of one release the file opens on its own view
 * @throws ExitError `usage` where the page would not say what was asked for; `unknown` where there is nothing to show
 */
export function reportAsPage(
  page: string,
  { input, policy, keys, table, otherwise }: ShownItems,
  asked: readonly string[] | null,
): string {
  if (otherwise.length > 0) {
    throw usage(
      `--format html: the page judges each release as what it is, and cannot take ${otherwise.join(', ')} into account. Leave it out, or write the page in a run of its own.`,
    );
  }
  const { fragments, evidence, rejected, judged } = enoughOf(input, asked);
  if (fragments.length === 0 || asked?.every((tag) => !fragments.some(({ release }) => release === tag)) === true) {
    const what = asked === null ? 'any release' : asked.join(', ');
    throw new ExitError(EXIT.unknown, `--format html: there is no fragment of ${what}, and so nothing to show.`);
  }
  const items = [...fragments, ...evidence, ...rejected].map(({ item }) => item);
  return writeOneFile(page, {
    schema: 1,
    table: table === null ? null : bareTableName(table.name),
    region: table?.region ?? null,
    keyNames: keys,
    readAt: input.readAt,
    asked: judged === null ? null : asked,
    judged,
    address: asked?.length === 1 ? `?view=release&release=${encodeURIComponent(asked[0] ?? '')}` : '',
    policy: filePolicyOf(policy),
    items: gzipSync(JSON.stringify(items), { level: 9 }).toString('base64'),
  });
}

function enoughOf({ policy, evidence = [], ...input }: ShownItems['input'], asked: readonly string[] | null): Enough {
  const { fragments, rejected } = input;
  if (asked === null) return { fragments, evidence, rejected, judged: null };
  const { report, survey } = makeReport(null, { ...input, evidence }, policy);
  return finish(enoughSteps({ fragments, evidence, rejected, policy, report, survey }, asked));
}

import type { Tool } from '../../../src/cli/adapters/adapter-of-tool.ts';
import { dynamoForAll } from '../../store/each-dynamo.ts';
import { startDynalite } from '../../store/tables.ts';
import { type Ran, releaseMatrix } from '../command.ts';
import { tableForEach } from '../each-table.ts';

/** What a gate says, as far as these tests ask. */
export interface Verdict {
  readonly exitCode: number;
  readonly verdict: string;
  /** `not-ready k8s#orders`. */
  readonly findings: readonly string[];
}

/** What publishing a tool's output as v1.4.0 would write. */
export const dryRun = (tool: Tool, output: unknown, ...words: string[]): Promise<Ran> =>
  releaseMatrix([
    ...['publish', '--dry-run', '--from', tool, '--json', JSON.stringify(output), '--release', 'v1.4.0', ...words],
  ]);

/** A CI's run that says commit and date by itself. */
const RUN = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/webshop',
  GITHUB_SHA: '1'.repeat(40),
  GITHUB_REF_TYPE: 'branch',
  GITHUB_REF_NAME: 'main',
};

/** A table of its own for each test of a file, that is published to and judged by our own commands. */
export function publishedTable() {
  const table = tableForEach(dynamoForAll(startDynalite));
  return {
    publish: (release: string, ...words: string[]): Promise<Ran> =>
      releaseMatrix(['publish', '--release', release, ...words, ...table.words], RUN),
    deployed: async (...words: string[]) => {
      const { stdout } = await releaseMatrix(['deployed', '--format', 'json', ...words, ...table.words]);
      return JSON.parse(stdout);
    },
    items: () => table.items(),
    check: async (release: string): Promise<Verdict> => {
      const at = ['--format', 'json', '--now', '2026-11-20T18:00:00Z', ...table.words];
      const { exitCode, stdout } = await releaseMatrix(['check', release, ...at]);
      const { verdict, findings } = JSON.parse(stdout);
      const shown = findings.map(({ code, component }: { code: string; component: string }) => `${code} ${component}`);
      return { exitCode, verdict, findings: shown };
    },
  };
}

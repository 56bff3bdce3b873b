import { ReadFault } from '../../contract/read-fault.ts';
import type { Answering } from '../../live/server-secret.ts';
import type { TableReader } from '../../live/table-reader.ts';

/**
 * A reader whose program (the SDK, a third of all that the page loads) may still be on its way: the page is drawn
 * meanwhile, and the first reading waits.
 *
 * @param load called at the first reading, and again at each reading until it succeeds
 * @param whoAnswers asks who is at the address of the local server
 * @returns a reader that throws `ReadFault` as that of `load` does, and besides where its program cannot be had
 */
export function lazyReader(
  load: (retries: boolean) => Promise<TableReader>,
  whoAnswers: () => Promise<Answering>,
): TableReader {
  let loaded: TableReader | null = null;
  let tries = 0;
  return {
    async read(...request) {
      loaded ??= await load(tries++ > 0).catch(async (cause: unknown) => {
        // A browser may keep a failed module for failed; then only a fresh page helps, which this fault brings about.
        if (tries > 1 && (await whoAnswers()) === 'ours') {
          throw new ReadFault('local-server-restarted', 'The code that reads the table has to be reloaded.');
        }
        throw new ReadFault('local-server-stopped', 'The code that reads the table could not be loaded.', { cause });
      });
      return loaded.read(...request);
    },
    restMs: () => loaded?.restMs() ?? 0,
  };
}

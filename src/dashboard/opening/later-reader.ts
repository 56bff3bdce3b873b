import { ReadFault } from '../../store/read-fault.ts';
import type { TableReader } from '../reading/table-reader.ts';

/**
 * A reader whose program (the SDK, a third of all that the page loads) may still be on its way: the page is drawn
 * meanwhile, and the first reading waits.
 *
 * @param load called at the first reading, and again at each reading until it succeeds
 * @returns a reader that throws `ReadFault` as that of `load` does, and besides where its program cannot be had
 */
export function laterReader(load: (retries: boolean) => Promise<TableReader>): TableReader {
  let loaded: TableReader | null = null;
  let tries = 0;
  return {
    async read(...request) {
      loaded ??= await load(tries++ > 0).catch(async (cause: unknown) => {
        // A browser may keep a failed module for failed; then only a fresh page helps, which this fault brings about.
        if (tries > 1 && (await serverAnswers())) {
          throw new ReadFault('local-server-restarted', 'The program that reads the table has to be loaded anew.');
        }
        throw new ReadFault('local-server-stopped', 'The program that reads the table did not come.', { cause });
      });
      return loaded.read(...request);
    },
    restMs: () => loaded?.restMs() ?? 0,
  };
}

/** Whether the server that the page came from answers. */
export async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

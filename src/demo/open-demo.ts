import type { DemoState } from '../contract/demo.ts';
import { openEmbeddedTable } from '../devserver/table/embedded-table.ts';
import type { OwnTablePort } from '../devserver/table/table-port.ts';
import type { Settings } from '../store/settings.ts';
import { putItems } from '../store/write-items.ts';
import { buildEstate, DEMO_ESTATE } from './estate.ts';
import { type Clock, MACHINE_CLOCK, PAUSES_MS, startSimulatedCi } from './simulated-ci.ts';

/**
 * Opens the embedded table with the demo estate in it and, unless the settings switch it off, a simulated CI that keeps
 * publishing. A table that its folder holds already is opened as it is. The `openTable` of the plugin.
 *
 * @throws StoreFolderInUse when another server has the folder open
 */
export async function openDemoTable(
  {
    table,
    region,
    simulatedCi,
    simulatedCiPace,
    embeddedFolder,
  }: Pick<Settings, 'table' | 'region' | 'simulatedCi' | 'simulatedCiPace' | 'embeddedFolder'>,
  clock: Clock = MACHINE_CLOCK,
): Promise<OwnTablePort> {
  const embedded = await openEmbeddedTable({ table, region, data: DEMO_ESTATE, folder: embeddedFolder });
  if (embedded.isFilled) {
    await embedded.measure();
    return embedded;
  }
  const estate = buildEstate({ now: new Date(clock.now()).toISOString() });
  await putItems(embedded.client, table, estate.items);
  await embedded.filled();
  if (!simulatedCi) return embedded;
  const ci = startSimulatedCi({
    table: embedded,
    estate,
    clock,
    pauseMs: PAUSES_MS[simulatedCiPace],
    onFault: (fault) => {
      const reason = fault instanceof Error ? fault.message : 'unexpected error';
      process.stderr.write(`Release Matrix: the simulated CI has stopped: ${reason}\n`);
    },
  });
  let state: DemoState = { speed: simulatedCiPace, said: null };
  return {
    data: embedded.data,
    notice: embedded.notice,
    async steer(ask) {
      if (ask.do === 'step') state = { ...state, said: (await ci.stepNow()) ?? 'The simulated CI has stopped' };
      if (ask.do === 'speed') {
        state = { ...state, speed: ask.speed };
        ci.setPause(ask.speed === 'paused' ? null : PAUSES_MS[ask.speed]);
      }
      return state;
    },
    handle: (body, headers) => embedded.handle(body, headers),
    async close() {
      await ci.stop();
      await embedded.close();
    },
  };
}

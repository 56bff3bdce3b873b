import { putItems } from '../../src/store/write-items.ts';
import { demoWalk, walkRelease } from './release-walk.ts';
import { TABLE, test } from './running-dashboards.ts';

test('a release of the demo estate is published part by part: seen live, gated as a part, as fail, completed, as pass', async ({
  page,
  live,
}) => {
  test.setTimeout(180_000);
  const { past, parts } = demoWalk();
  await putItems(live.faults.table.client, TABLE, past);
  await walkRelease(page, live.server.url, ['--table', TABLE, '--endpoint', live.faults.url], parts);
});

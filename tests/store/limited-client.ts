import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { connectTable } from '../../src/store/client.ts';
import { outageLimit } from '../../src/store/outage-limit.ts';

/** A request as the SDK hands it over, as far as tests look at it. */
export interface SentRequest {
  readonly headers: Record<string, string>;
}

/** A client under the limit of outages, whose first reading has begun, and a clock that a test moves. */
export function limitedClient(handle: (request: SentRequest) => Promise<object>) {
  let now = 0;
  const limit = outageLimit(() => now);
  const client = connectTable({
    region: 'us-east-1',
    credentials: EMULATOR_CREDENTIALS,
    endpoint: 'http://127.0.0.1:1',
    requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
  });
  limit.watch(client);
  limit.begin();
  return {
    limit,
    client,
    pass(ms: number) {
      now += ms;
    },
  };
}

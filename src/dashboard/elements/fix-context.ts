import { dynamoEndpoint } from '../../contract/aws-region.ts';
import type { FixContext } from '../../contract/fault-fix.ts';
import type { PageStart } from '../../contract/local-server.ts';

/** What the words about a fault need to know of the table. */
export function fixContext({ source, table, region }: PageStart): FixContext {
  return {
    profile: source.kind === 'aws' ? source.profile : null,
    table,
    region,
    keyId: source.kind === 'loopback' ? source.keyId : null,
    // The region's own endpoint needs no option in a command.
    endpoint: 'endpoint' in source && source.endpoint !== dynamoEndpoint(region) ? source.endpoint : null,
  };
}

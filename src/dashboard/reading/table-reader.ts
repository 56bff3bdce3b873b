import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../../release/policy-item.ts';
import { connectTable, localRoute } from '../../store/client.ts';
import type { PageStart } from '../../store/local-server.ts';
import { faultFrom } from '../../store/read-fault.ts';
import { type ReadProgress, readTable, segmentsFor } from '../../store/read-table.ts';
import { type DescribedTable, describeTable } from '../../store/table-keys.ts';
import { type Intake, startIntake } from './fragment-intake.ts';
import { policyReader } from './policy-reader.ts';
import { type CredentialSurroundings, profileCredentials } from './profile-credentials.ts';
import { clockErrorMs } from './table-clock.ts';
import type { TableAccess, TableData } from './table-data.ts';

/** What a reader needs of the page around it. */
export interface ReaderSurroundings extends CredentialSurroundings {
  /** The page's own origin: `http://127.0.0.1:5179`. */
  readonly origin: string;
}

/** A reading, and how it differs from the one before. */
export interface NewReading extends Pick<Intake, 'arrived' | 'changed' | 'left'> {
  readonly table: TableData;
}

export interface TableReader {
  /**
   * Reads the table to its end.
   *
   * @param previous the last good reading; null: none
   * @throws ReadFault when any part of the table cannot be had
   */
  read(
    previous: TableData | null,
    onProgress: (progress: ReadProgress) => void,
    signal: AbortSignal,
  ): Promise<NewReading>;
}

interface Connection {
  readonly client: DynamoDBDocumentClient;
  readonly described: DescribedTable;
  access: TableAccess | null;
}

/**
 * Makes the reader of the one table that the page was started for. The connection (credentials, clock, key names) is
 * made at the first reading and again after any failure, since each of them may be what failed.
 */
export function tableReader(start: PageStart, surroundings: ReaderSurroundings): TableReader {
  const { source, table, region, token } = start;
  const fetchCredentials = profileCredentials(token, surroundings);
  const policies = policyReader(start.policy);
  let connection: Connection | null = null;

  const makeClient = async (): Promise<{ client: DynamoDBDocumentClient; access: TableAccess | null }> => {
    if (source.kind !== 'aws') {
      return { client: connectTable(localRoute(surroundings.origin, region, token)), access: null };
    }
    // Before the client is made: it takes the clock's offset only then, and signs by it from the first call on.
    let held: Awaited<ReturnType<typeof fetchCredentials>> | null = await fetchCredentials();
    const { access } = held;
    const client = connectTable({
      region,
      endpoint: source.endpoint,
      clockOffsetMs: access.clockOffsetMs,
      credentials: async (asked?: { readonly forceRefresh?: boolean }) => {
        const credentials = held ?? (await fetchCredentials(asked?.forceRefresh === true));
        held = null; // what was fetched above serves the first call only
        if (connection !== null) connection.access = credentials.access;
        return credentials;
      },
    });
    return { client, access };
  };

  const connect = async (signal: AbortSignal): Promise<Connection> => {
    const { client, access } = await makeClient();
    const described = await describeTable(client, { table, configuredKeys: start.keyNames, signal });
    return { client, described, access };
  };

  return {
    async read(previous, onProgress, signal) {
      const startedAt = surroundings.now();
      try {
        connection ??= await connect(signal);
        const { client, described } = connection;
        const keys = described.keys;
        const comparable = previous !== null && sameKeys(previous.keyNames, keys) ? previous : null;
        const asked = await policies.ask(client, described, signal);
        let policy = asked.policy ?? comparable?.policy ?? DEFAULTS_IN_FORCE;
        const intakeBy = (by: PolicyInForce) =>
          startIntake(
            comparable,
            keys,
            by.policy.environments,
            signal,
            comparable !== null && comparable.policy !== by,
          );
        const intake = intakeBy(policy);
        const reading = await readTable(client, {
          described,
          segments: segmentsFor(described, previous?.readUnits ?? null),
          signal,
          onProgress,
          onPage: intake.take,
        });
        let taken = await intake.finish(reading.items);
        const found = asked.policy ?? policies.among(reading.items, keys);
        if (found !== policy) {
          policy = found;
          taken = await intakeBy(policy).finish(reading.items);
        }
        const { fragments, rejected, arrived, changed, left } = taken;
        const endedAt = surroundings.now();
        return {
          table: {
            fragments,
            rejected,
            readAt: new Date(endedAt + clockErrorMs(connection.access)).toISOString(),
            keyNames: keys,
            keysFrom: described.keysFrom,
            policy,
            readUnits: sum(reading.readUnits, asked.readUnits),
            tookMs: endedAt - startedAt,
            incomplete: reading.incomplete?.message ?? null,
            access: connection.access,
          },
          arrived,
          changed,
          left,
        };
      } catch (error) {
        connection = null;
        throw faultFrom(error, { via: source.kind === 'aws' ? 'direct' : 'local-server', region });
      }
    },
  };
}

function sameKeys(a: TableData['keyNames'], b: TableData['keyNames']): boolean {
  return a.release === b.release && a.component === b.component;
}

/** Null where either is not counted: a part would pass for the whole. */
function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

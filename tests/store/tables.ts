import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { DeleteTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { connectTable } from '../../src/store/client.ts';

/** A DynamoDB for tests: dynalite in this process, and DynamoDB Local where `DYNAMODB_LOCAL_ENDPOINT` names one. */
export interface TestDynamo {
  readonly client: DynamoDBDocumentClient;
  /** Ends the client, too. */
  readonly close: () => Promise<void>;
}

const dynalite: (options: { createTableMs: number; deleteTableMs: number }) => Server = createRequire(import.meta.url)(
  'dynalite',
);

/** @returns a DynamoDB of its own, in this process */
export async function startDynalite(): Promise<TestDynamo> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connectTable({
    region: 'us-east-1',
    credentials: EMULATOR_CREDENTIALS,
    endpoint: originOf(server),
  });
  return {
    client,
    close: () => {
      client.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function useDynamoLocal(endpoint: string): Promise<TestDynamo> {
  const client = connectTable({ region: 'us-east-1', credentials: EMULATOR_CREDENTIALS, endpoint });
  return { client, close: async () => client.destroy() };
}

const local = process.env.DYNAMODB_LOCAL_ENDPOINT;

export const TEST_DYNAMOS: readonly { readonly name: string; readonly start: () => Promise<TestDynamo> }[] = [
  { name: 'dynalite', start: startDynalite },
  ...(local ? [{ name: 'DynamoDB Local', start: () => useDynamoLocal(local) }] : []),
];

/** Removes a table that an earlier run may have left in a DynamoDB that outlives the test, and waits until it has gone. */
export async function dropTable(client: DynamoDBDocumentClient, table: string): Promise<void> {
  try {
    await client.send(new DeleteTableCommand({ TableName: table }));
    // Dynalite answers before it deletes, and refuses to make a table of that name until then.
    for (;;) await client.send(new DescribeTableCommand({ TableName: table }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
}

export function originOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

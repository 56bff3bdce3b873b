import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAwsCli } from '../../scripts/aws-cli.mjs';

/** Looked for once: the CLI takes most of a second to start. */
const program = findAwsCli();

/**
 * The endpoint of the DynamoDB Local that these tests run beside.
 *
 * @throws Error when there is none: these tests are run by `npm run test:dynamodb-local`
 */
export function dynamodbLocalEndpoint(): string {
  const endpoint = process.env.DYNAMODB_LOCAL_ENDPOINT;
  if (endpoint === undefined) throw new Error('Expected DYNAMODB_LOCAL_ENDPOINT; run "npm run test:dynamodb-local".');
  return endpoint;
}

/**
 * Runs `aws dynamodb …` against DynamoDB Local, as a person at a shell would, with a home folder of its own so that
 * nothing of the settings of whoever runs the tests is used.
 *
 * @param commandArguments for instance `'put-item', '--table-name', …`
 * @returns what it printed as JSON, or undefined when it printed nothing
 * @throws Error with what the CLI said, when it ends with another code than 0
 */
export function awsDynamodb(...commandArguments: readonly string[]): unknown {
  if (program === undefined) throw new Error('No AWS CLI; "node scripts/ensure-aws-cli.mjs" gets one or says how.');
  const home = mkdtempSync(join(tmpdir(), 'release-matrix-home-'));
  try {
    const output = execFileSync(
      program,
      ['dynamodb', ...commandArguments, '--endpoint-url', dynamodbLocalEndpoint(), '--output', 'json'],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: home,
          AWS_ACCESS_KEY_ID: 'any',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_DEFAULT_REGION: 'eu-west-1',
          AWS_PAGER: '',
        },
      },
    );
    return output.trim() === '' ? undefined : JSON.parse(output);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Creates a table as the product expects it and waits until it is active.
 *
 * @param keys the attribute names of its HASH and RANGE key; the product also takes tables that name them otherwise
 */
export function createReleaseTable(
  table: string,
  keys: readonly [string, string] = ['version', 'component#name'],
): void {
  const [hash, range] = keys;
  awsDynamodb(
    'create-table',
    ...['--table-name', table, '--billing-mode', 'PAY_PER_REQUEST'],
    ...['--key-schema', `AttributeName=${hash},KeyType=HASH`, `AttributeName=${range},KeyType=RANGE`],
    ...['--attribute-definitions', `AttributeName=${hash},AttributeType=S`, `AttributeName=${range},AttributeType=S`],
  );
  awsDynamodb('wait', 'table-exists', '--table-name', table);
}

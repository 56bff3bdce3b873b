import { partitionOf } from './aws-region.ts';

/** Which table a policy opens. */
export interface PolicyTable {
  /** Bare name, not the ARN. */
  readonly table: string;
  readonly region: string;
  /** Twelve digits; null: any account, which in a policy of one account's role is that account's own table. */
  readonly account: string | null;
}

/** The ARN of a table; of any account where it names none. */
export function tableArn({ table, region, account }: PolicyTable): string {
  return `arn:${partitionOf(region)}:dynamodb:${region}:${account ?? '*'}:table/${table}`;
}

/** The account in the ARN of a table, twelve digits; null: it is none. */
export function accountOfTable(arn: string | null): string | null {
  return /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:(\d{12}):table\//.exec(arn ?? '')?.[1] ?? null;
}

/** The actions that the product reads with. PartiQL and Streams are not among them. */
export const READING_ACTIONS = ['Query', 'Scan', 'GetItem', 'BatchGetItem', 'DescribeTable'] as const;

/**
 * The IAM policy of somebody who only reads the one table; also the session policy by which credentials are narrowed.
 *
 * @param table the table it opens
 * @returns the policy document, plain data; as compact JSON far below the 2,048 characters of a session policy
 */
export function readerPolicy(table: PolicyTable) {
  const arn = tableArn(table);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadReleaseFragments',
        Effect: 'Allow',
        Action: READING_ACTIONS.map((action) => `dynamodb:${action}`),
        Resource: [arn, `${arn}/index/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ],
  };
}

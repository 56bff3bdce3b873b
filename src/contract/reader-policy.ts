import { type PolicyTable, tableArn } from './table-arn.ts';

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

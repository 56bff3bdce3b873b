import { partitionOf } from './aws-region.ts';
import { CHANGES_KEY } from './change-counter.ts';
import type { PolicyTable } from './reader-policy.ts';

/** The actions that publishing takes. Never BatchWriteItem, which takes no conditions, nor DeleteItem nor PartiQL. */
const PUBLISHING_ACTIONS = ['PutItem', 'UpdateItem', 'GetItem'] as const;

/**
 * The IAM policy of a pipeline that publishes to the one table: releases (`v*`) and the change counter, and so not the
 * policy item. `ForAllValues` holds where a call names no key at all, hence the `Null` beside it.
 *
 * @param table the table it opens
 */
export function publisherPolicy({ table, region, account }: PolicyTable) {
  const arn = `arn:${partitionOf(region)}:dynamodb:${region}:${account ?? '*'}:table/${table}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublishReleaseFragments',
        Effect: 'Allow',
        Action: PUBLISHING_ACTIONS.map((action) => `dynamodb:${action}`),
        Resource: [arn],
        Condition: {
          Bool: { 'aws:SecureTransport': 'true' },
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['v*', CHANGES_KEY] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
      { Sid: 'FindTheKeys', Effect: 'Allow', Action: ['dynamodb:DescribeTable'], Resource: [arn] },
    ],
  };
}

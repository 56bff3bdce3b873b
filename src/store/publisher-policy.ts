import { type PolicyTable, tableArn } from '../contract/table-arn.ts';
import { SIGN_OFFS_KEY } from '../release/item/evidence.ts';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import { CHANGES_KEY } from './change-counter.ts';
import { NOTIFY_KEY } from './notify-state.ts';

/** The actions that publishing takes. Never BatchWriteItem, which takes no conditions, nor DeleteItem nor PartiQL. */
const PUBLISHING_ACTIONS = ['PutItem', 'UpdateItem', 'GetItem'] as const;

/**
 * The IAM policy of a pipeline that publishes to the one table: releases (`v*`) and the change counter, and so not the
 * policy item. `ForAllValues` holds where a call names no key at all, hence the `Null` beside it.
 *
 * @param table the table it opens
 */
export function publisherPolicy(table: PolicyTable) {
  return policyOf('PublishReleaseFragments', PUBLISHING_ACTIONS, ['v*', CHANGES_KEY], table);
}

/**
 * The IAM policy of persons who sign, beside the reader's: it opens the key that a pipeline's does not.
 *
 * @param table the table it opens
 */
export function signerPolicy(table: PolicyTable) {
  return policyOf('SignReleases', PUBLISHING_ACTIONS, [SIGN_OFFS_KEY, CHANGES_KEY], table);
}

/**
 * The IAM policy that `notify` needs beside the reader's: to remember, in items of its own, what was posted.
 *
 * @param table the table it opens
 */
export function notifierPolicy(table: PolicyTable) {
  return policyOf('RememberWhatWasPosted', ['PutItem', 'GetItem'], [NOTIFY_KEY], table);
}

/**
 * The IAM policy that the commands need which change the policy item: that one, and the change counter.
 *
 * @param table the table it opens
 */
export function policyWriterPolicy(table: PolicyTable) {
  return policyOf('WriteThePolicy', PUBLISHING_ACTIONS, [POLICY_ITEM.release, CHANGES_KEY], table);
}

function policyOf(sid: string, actions: readonly string[], leadingKeys: readonly string[], table: PolicyTable) {
  const arn = tableArn(table);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: sid,
        Effect: 'Allow',
        Action: actions.map((action) => `dynamodb:${action}`),
        Resource: [arn],
        Condition: {
          Bool: { 'aws:SecureTransport': 'true' },
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
      { Sid: 'FindTheKeys', Effect: 'Allow', Action: ['dynamodb:DescribeTable'], Resource: [arn] },
    ],
  };
}

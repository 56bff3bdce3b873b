import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

// What the documented policies allow, tried by a small evaluator: everything that it does not know it refuses to judge.

const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/ReleaseFragments';
const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z
    .strictObject({
      Bool: z.strictObject({ 'aws:SecureTransport': z.literal('true') }),
      'ForAllValues:StringLike': z.strictObject({ 'dynamodb:LeadingKeys': z.array(z.string()) }).optional(),
      Null: z.strictObject({ 'dynamodb:LeadingKeys': z.literal('false') }).optional(),
    })
    .optional(),
});
const policy = z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(statement) });
type Policy = z.output<typeof policy>;

interface Call {
  readonly action: string;
  readonly resource?: string;
  /** The HASH keys that it names; a Scan names none. */
  readonly keys?: readonly string[];
  readonly plainHttp?: true;
}

const like = (pattern: string, text: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

/** As IAM does: what is denied is denied, else what some statement allows is allowed. */
function isAllowed(policies: readonly Policy[], { action, resource = ARN, keys = [], plainHttp }: Call): boolean {
  const meant = policies.flatMap(({ Statement }) =>
    Statement.filter(({ Action, Resource, Condition }) => {
      if (!Action.some((one) => like(one, `dynamodb:${action}`)) || !Resource.some((one) => like(one, resource)))
        return false;
      if (Condition === undefined) return true;
      const patterns = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
      return (
        plainHttp === undefined &&
        (patterns === undefined || keys.every((key) => patterns.some((one) => like(one, key)))) &&
        (Condition.Null === undefined || keys.length > 0)
      );
    }),
  );
  return meant.some(({ Effect }) => Effect === 'Allow') && !meant.some(({ Effect }) => Effect === 'Deny');
}

/** As both templates write what is filled in. */
const filled = (name: string) => ['$', `{${name}}`].join('');
const SUB = `arn:${filled('AWS::Partition')}:dynamodb:${filled('AWS::Region')}:${filled('AWS::AccountId')}:table/${filled('TableName')}`;
const cloudFormation = parse(read('table/policies/cloudformation.yaml')) as Record<'Resources', Record<string, never>>;
const terraform = JSON.parse(read('table/policies/release-fragments-policies.tf.json'));
const resolved = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document)
      .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
      .replaceAll(SUB, ARN)
      .replaceAll(filled('var.table_arn'), ARN),
  );
const cfn = (name: string) => {
  const { Properties } = cloudFormation.Resources[name] as unknown as { Properties: { PolicyDocument: unknown } };
  return policy.parse(resolved(Properties.PolicyDocument));
};
const tf = (name: string) => policy.parse(resolved(JSON.parse(terraform.resource.aws_iam_policy[name].policy)));
const json = (name: string) => policy.parse(JSON.parse(read(`ci/${name}-policy.json`)));

const WAYS: readonly (readonly [string, Record<'publisher' | 'reader' | 'signer', Policy>])[] = [
  ['docs/ci', { publisher: json('publisher'), reader: json('reader'), signer: json('signer') }],
  ['CloudFormation', { publisher: cfn('PublisherPolicy'), reader: cfn('ReaderPolicy'), signer: cfn('SignerPolicy') }],
  ['Terraform', { publisher: tf('publisher'), reader: tf('reader'), signer: tf('signer') }],
];

describe.each(WAYS)('by %s', (_, { publisher, reader, signer }) => {
  const ci = [publisher, reader];
  const person = [signer, reader];
  const SIGN_OFFS = ['release-matrix:sign-offs'];
  test.each<[what: string, call: Call, ci: boolean, person: boolean]>([
    ['evidence under a release', { action: 'PutItem', keys: ['v1.4.0'] }, true, false],
    ['a sign-off', { action: 'PutItem', keys: SIGN_OFFS }, false, true],
    ['a change of a sign-off', { action: 'UpdateItem', keys: SIGN_OFFS }, false, true],
    ['a sign-off among releases', { action: 'PutItem', keys: ['v1.4.0', ...SIGN_OFFS] }, false, false],
    ['a sign-off without encryption', { action: 'PutItem', keys: SIGN_OFFS, plainHttp: true }, false, false],
    ['a sign-off in another table', { action: 'PutItem', keys: SIGN_OFFS, resource: `${ARN}2` }, false, false],
    ['sign-offs by the batch, which names no key to a condition', { action: 'BatchWriteItem' }, false, false],
    ['sign-offs by PartiQL', { action: 'PartiQLInsert' }, false, false],
    ['a put that names no key', { action: 'PutItem' }, false, false],
    ['the end of a sign-off', { action: 'DeleteItem', keys: SIGN_OFFS }, false, false],
    ['the policy', { action: 'PutItem', keys: ['policy'] }, false, false],
    ['what `notify` remembers', { action: 'PutItem', keys: ['release-matrix:notify'] }, false, false],
    ['the counter of changes', { action: 'UpdateItem', keys: ['release-matrix:changes'] }, true, true],
    ['reading a release', { action: 'Query', keys: ['v1.4.0'] }, true, true],
    ['reading the table', { action: 'Scan' }, true, true],
  ])('%s', (_what, call, ofCi, ofPerson) => {
    expect([isAllowed(ci, call), isAllowed(person, call)]).toEqual([ofCi, ofPerson]);
  });
});

test('a publisher without the reader’s policy writes evidence, and reads nothing but single items', () => {
  const { publisher } = WAYS[0]?.[1] ?? {};
  const policies = publisher === undefined ? [] : [publisher];
  const allowed = (call: Call) => isAllowed(policies, call);
  expect([allowed({ action: 'PutItem', keys: ['v1'] }), allowed({ action: 'GetItem', keys: ['v1'] })]).toEqual([
    true,
    true,
  ]);
  expect([allowed({ action: 'Query', keys: ['v1'] }), allowed({ action: 'Scan' })]).toEqual([false, false]);
});

test('a user of the account signs under no name but his own', () => {
  const condition = (name: string) => ({ StringEquals: { 'sts:RoleSessionName': name } });
  const role = cloudFormation.Resources.SignerRole as unknown as {
    Properties: { AssumeRolePolicyDocument: { Statement: { Condition: unknown }[] } };
  };
  expect(role.Properties.AssumeRolePolicyDocument.Statement.map(({ Condition }) => Condition)).toEqual([
    condition(filled('aws:username')),
  ]);
  // Terraform takes two of them for the sign itself.
  const trust = JSON.parse(terraform.resource.aws_iam_role.signer.assume_role_policy.replaceAll('$$', '$'));
  expect(trust.Statement.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual([
    condition(filled('aws:username')),
  ]);
});

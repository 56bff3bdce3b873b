import { describe, expect, test } from 'vitest';
import { dynamoEndpoint, partitionOf, REGION_PATTERN } from '../../src/contract/aws-region.ts';
import { emulatorCredentials } from '../../src/contract/emulator-credentials.ts';
import { emulatorPrefix, fixFor } from '../../src/contract/fault-fix.ts';
import { type FaultCode, ReadFault } from '../../src/contract/read-fault.ts';
import { changedSince, changeTotalOf } from '../../src/store/change-counter.ts';
import { notifierPolicy, policyWriterPolicy, publisherPolicy, signerPolicy } from '../../src/store/publisher-policy.ts';
import { differingCounters } from '../../src/store/read-change-counter.ts';

// What is said of tables, regions and policies, whole.

test.each([
  ['eu-central-1', 'aws', 'https://dynamodb.eu-central-1.amazonaws.com'],
  ['us-east-1', 'aws', 'https://dynamodb.us-east-1.amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'https://dynamodb.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'https://dynamodb.us-gov-west-1.amazonaws.com'],
  ['us-isob-east-1', 'aws-iso-b', 'https://dynamodb.us-isob-east-1.sc2s.sgov.gov'],
  ['us-isof-south-1', 'aws-iso-f', 'https://dynamodb.us-isof-south-1.csp.hci.ic.gov'],
  ['us-iso-east-1', 'aws-iso', 'https://dynamodb.us-iso-east-1.c2s.ic.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'https://dynamodb.eu-isoe-west-1.cloud.adc-e.uk'],
  ['eusc-de-east-1', 'aws-eusc', 'https://dynamodb.eusc-de-east-1.amazonaws.eu'],
])('%s is of the partition %s and called at %s', (region, partition, endpoint) => {
  expect(REGION_PATTERN.test(region)).toBe(true);
  expect([partitionOf(region), dynamoEndpoint(region)]).toEqual([partition, endpoint]);
});

test.each([
  '',
  'eu',
  'eu-central',
  'eu-central-',
  'eu-central-12',
  'e-central-1',
  'EU-central-1',
  'eu-central-1.evil',
  'x eu-central-1',
  'eu--1',
  'eu-1',
  'eusx-a-1',
  'eu-c3ntral-1',
])('%j is no region', (region) => {
  expect(REGION_PATTERN.test(region)).toBe(false);
});

const statementOf = (sid: string, actions: readonly string[], keys: readonly string[], arn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: [arn],
      Condition: {
        Bool: { 'aws:SecureTransport': 'true' },
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    { Sid: 'FindTheKeys', Effect: 'Allow', Action: ['dynamodb:DescribeTable'], Resource: [arn] },
  ],
});

test('the policy of a publisher: releases and the counter, and neither deletion nor batches', () => {
  expect(publisherPolicy({ table: 'T', region: 'eu-central-1', account: null })).toEqual(
    statementOf(
      'PublishReleaseFragments',
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'],
      ['v*', 'release-matrix:changes'],
      'arn:aws:dynamodb:eu-central-1:*:table/T',
    ),
  );
});

test('the policy of who signs: the sign-offs and the counter, and no release', () => {
  expect(signerPolicy({ table: 'T', region: 'eu-central-1', account: null })).toEqual(
    statementOf(
      'SignReleases',
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'],
      ['release-matrix:sign-offs', 'release-matrix:changes'],
      'arn:aws:dynamodb:eu-central-1:*:table/T',
    ),
  );
});

test('the policy of who posts news: his own items alone', () => {
  expect(notifierPolicy({ table: 'T', region: 'cn-north-1', account: '123456789012' })).toEqual(
    statementOf(
      'RememberWhatWasPosted',
      ['dynamodb:PutItem', 'dynamodb:GetItem'],
      ['release-matrix:notify'],
      'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/T',
    ),
  );
});

test('the policy of who writes the policy: its item and the counter, and no release', () => {
  expect(policyWriterPolicy({ table: 'T', region: 'eu-central-1', account: null })).toEqual(
    statementOf(
      'WriteThePolicy',
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'],
      ['policy', 'release-matrix:changes'],
      'arn:aws:dynamodb:eu-central-1:*:table/T',
    ),
  );
});

test('an emulator is called by the id of a key, and never with its secret', () => {
  expect(emulatorCredentials('mine')).toEqual({ accessKeyId: 'mine', secretAccessKey: 'releasematrix' });
  expect(emulatorCredentials()).toEqual({ accessKeyId: 'releasematrix', secretAccessKey: 'releasematrix' });
});

describe('the counter of changes', () => {
  const last = (...releases: unknown[]) =>
    Object.fromEntries(releases.map((release, index) => [`last${index + 1}`, release]));

  test.each([
    ['none', null, { count: 0, last: [] }],
    ['one without names', { count: 3 }, { count: 3, last: [] }],
    ['one whose count is broken', { count: '3', ...last('a') }, { count: 0, last: ['a'] }],
    ['empty and odd names', { count: 3, ...last('a', '', 5, 'b') }, { count: 3, last: ['a', 'b'] }],
    ['more names than it has', { count: 20, last17: 'x', last16: 'y' }, { count: 20, last: ['y'] }],
  ])('%s', (_, item, total) => {
    expect(changeTotalOf(item)).toEqual(total);
  });

  test.each([
    [5, []],
    [4, ['a']],
    [3, ['a', 'b']],
    [2, ['a', 'b']],
    [1, null],
    [6, null],
  ])('known up to %i of 5, of which it names three: %j', (known, releases) => {
    expect(changedSince({ count: 5, last: ['a', 'b', 'a'] }, known)).toEqual(releases);
  });

  test('counters that differ: others, new ones, and those that are gone', () => {
    const known = new Map([
      ['same', 1],
      ['other', 1],
      ['gone', 1],
      ['broken', Number.NaN],
    ]);
    const now = new Map([
      ['same', 1],
      ['other', 2],
      ['new', 1],
      ['broken', Number.NaN],
    ]);
    expect(differingCounters(known, now)).toEqual(['other', 'new', 'broken', 'gone']);
  });
});

describe('what fixes a fault', () => {
  const context = { profile: null, table: 'T', region: 'eu-central-1', endpoint: null, keyId: null };
  const named = { ...context, profile: 'x' };
  const emulator = { ...context, endpoint: 'http://127.0.0.1:8000', keyId: 'k' };
  const fix = (code: FaultCode, asked: typeof named | typeof context | typeof emulator, more = {}) =>
    fixFor(new ReadFault(code, 'What was said.', more), asked);

  test.each<[FaultCode, string | null, string | null]>([
    ['credentials-missing', 'aws configure list', 'aws sso login --profile x'],
    ['credentials-expired', null, 'aws sso login --profile x'],
    [
      'credentials-refused',
      'aws sts get-caller-identity --region eu-central-1',
      'aws sts get-caller-identity --region eu-central-1 --profile x',
    ],
    [
      'table-not-ready',
      'aws dynamodb describe-table --table-name T --region eu-central-1',
      'aws dynamodb describe-table --table-name T --region eu-central-1 --profile x',
    ],
    [
      'request-refused',
      'aws dynamodb describe-table --table-name T --region eu-central-1',
      'aws dynamodb describe-table --table-name T --region eu-central-1 --profile x',
    ],
    ['profile-missing', 'aws configure list-profiles', 'aws configure list-profiles'],
    ['profile-broken', 'aws configure list', 'aws configure list --profile x'],
    ['profile-sso-expired', 'aws sso login', 'aws sso login --profile x'],
    ['profile-mfa-needed', 'aws configure sso', 'aws configure sso'],
    [
      'profile-helper-failed',
      'aws configure get credential_process',
      'aws configure get credential_process --profile x',
    ],
    [
      'profile-helper-timeout',
      'aws configure get credential_process',
      'aws configure get credential_process --profile x',
    ],
    ['profile-sts-denied', 'aws sts get-caller-identity', 'aws sts get-caller-identity --profile x'],
    ['profile-unscopable', 'aws configure sso', 'aws configure sso'],
  ])('%s: the command without a profile and with one; that of the local server goes first', (code, without, by) => {
    const text = (asked: typeof named | typeof context, more = {}) => fix(code, asked, more).copy?.text ?? null;
    expect([text(context), text(named)]).toEqual([without, by]);
    const own = text(named, { fix: 'fix it' });
    expect(own).toBe(/^(table|request)/.test(code) ? by : 'fix it');
  });

  test.each<FaultCode>([
    'clock-wrong',
    'throttled',
    'service-failing',
    'unreachable',
    'timed-out',
    'cancelled',
    'unexpected-answer',
    'local-server-stopped',
    'endpoint-unreachable',
    'profile-sts-unreachable',
    'failed',
  ])('%s: nothing to paste', (code) => {
    expect(fix(code, named, { fix: 'fix it' }).copy).toBeNull();
  });

  test.each<[FaultCode, typeof named | typeof context | typeof emulator, string]>([
    ['keys-unsuitable', context, 'What was said. A release table has'],
    ['request-refused', context, 'What was said. Check the table'],
    ['unexpected-answer', context, 'What was said. Something between'],
    ['failed', context, 'Unexpected error: What was said.'],
    ['access-denied', context, 'Reading on table T is not allowed.'],
    ['endpoint-unreachable', context, 'Nothing answers at the configured endpoint.'],
    ['endpoint-unreachable', emulator, 'Nothing answers at http://127.0.0.1:8000.'],
    ['profile-sso-expired', context, 'Sign-in expired. Reading'],
    ['profile-sso-expired', named, 'Sign-in expired for profile x. Reading'],
    ['credentials-missing', named, 'for profile x. Sign in:'],
    ['credentials-missing', context, 'no keys in the environment'],
    ['credentials-expired', named, 'Sign in again:'],
    ['credentials-expired', context, 'the environment holds no fresh credentials'],
    ['credentials-refused', context, 'AWS does not recognise these credentials'],
    ['credentials-refused', emulator, 'The emulator does not take the key id k'],
    ['table-missing', context, 'There is no table T in region eu-central-1 for these credentials.'],
    ['table-not-ready', context, 'Table T exists but cannot be read now.'],
  ])('%s says', (code, asked, words) => {
    expect(fix(code, asked).explanation).toContain(words);
  });

  test('an emulator’s key id needs no command of AWS', () => {
    expect(fix('credentials-refused', emulator).copy).toBeNull();
    expect(emulatorPrefix(context)).toBe('');
    expect(emulatorPrefix(emulator)).toBe('AWS_ACCESS_KEY_ID=k AWS_SECRET_ACCESS_KEY=releasematrix ');
  });

  test.each([
    ['T', undefined, 'arn:aws:dynamodb:eu-central-1:*:table/T'],
    [
      'arn:aws:dynamodb:eu-central-1:111111111111:table/T',
      undefined,
      'arn:aws:dynamodb:eu-central-1:111111111111:table/T',
    ],
    ['T', 'arn:aws-cn:dynamodb:cn-north-1:222222222222:table/T', 'arn:aws:dynamodb:eu-central-1:222222222222:table/T'],
    ['T', 'x arn:aws:dynamodb:eu-central-1:222222222222:table/T', 'arn:aws:dynamodb:eu-central-1:*:table/T'],
    ['T', 'arn:aws:dynamodb:eu-central-1:22:table/T', 'arn:aws:dynamodb:eu-central-1:*:table/T'],
  ])('the policy for the table %s that was refused as %s opens %s', (table, resource, arn) => {
    const { copy } = fix('access-denied', { ...context, table }, resource === undefined ? {} : { resource });
    expect(JSON.parse(copy?.text ?? '').Statement[0].Resource[0]).toBe(arn);
    expect(copy?.text).toContain('\n  "Version"');
  });
});

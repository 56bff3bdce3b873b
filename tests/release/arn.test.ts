import { expect, test } from 'vitest';
import { isRoleArn, nameInArn, readArn } from '../../src/release/text/arn.ts';

const TASK = 'arn:aws:ecs:eu-central-1:111122223333:task-definition/orders:42';
const SCHEMA = 'arn:aws-cn:glue:cn-north-1:111122223333:schema/acme/orders';
const ROLE = 'arn:aws:iam::111122223333:role/path/reader';

test('an ARN is read into its parts', () => {
  expect(readArn(TASK)).toEqual({
    partition: 'aws',
    service: 'ecs',
    region: 'eu-central-1',
    account: '111122223333',
    resource: 'task-definition/orders:42',
  });
  expect(readArn(ROLE)).toMatchObject({ region: '', account: '111122223333', resource: 'role/path/reader' });
  expect(readArn('arn:aws:s3:::bucket')).toMatchObject({ region: '', account: '', resource: 'bucket' });
});

test.each([
  '',
  'orders',
  `x ${TASK}`,
  'arn:azure:ecs:eu-central-1:111122223333:cluster/prod',
  'arn:aws:ecs:eu-central-1:1111:cluster/prod',
  'arn:aws:ecs:eu-central-1:111122223333:',
  'arn:aws:ecs:eu-central-1',
  `${TASK}\n`,
])('%j is no ARN', (text) => {
  expect([readArn(text), nameInArn(text), isRoleArn(text)]).toEqual([null, text, false]);
});

test.each([
  [TASK, 'orders:42'],
  [SCHEMA, 'orders'],
  [ROLE, 'reader'],
  ['arn:aws:s3:::bucket', 'bucket'],
  [undefined, undefined],
])('the name in %s', (arn, name) => {
  expect(nameInArn(arn)).toBe(name);
});

test.each<[arn: string, is: boolean]>([
  [ROLE, true],
  ['arn:aws-us-gov:iam::123456789012:role/path/a+=,.@-_', true],
  [`arn:aws:iam::123456789012:role/${'a'.repeat(576)}`, true],
  [`arn:aws:iam::123456789012:role/${'a'.repeat(577)}`, false],
  ['arn:aws:iam::123456789012:role/', false],
  ['arn:aws:iam:::role/a', false],
  ['arn:aws:iam:eu-central-1:123456789012:role/a', false],
  ['arn:aws:iam::123456789012:user/a', false],
  ['arn:aws:sts::123456789012:role/a', false],
  ['arn:aws-1:iam::123456789012:role/a', false],
  ['arn:aws:iam::123456789012:role/a*', false],
])('%s is the ARN of a role: %s', (arn, is) => {
  expect(isRoleArn(arn)).toBe(is);
});

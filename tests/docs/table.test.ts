import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';

const file = (name: string) => readFileSync(new URL(`../../docs/table/${name}`, import.meta.url), 'utf8');

test('the CloudFormation table is the documented one, and kept', () => {
  const { Resources } = parse(file('cloudformation.yaml'));
  expect(Resources).toEqual({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: { Ref: 'TableName' },
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        KeySchema: [
          { AttributeName: DOCUMENTED_KEYS.release, KeyType: 'HASH' },
          { AttributeName: DOCUMENTED_KEYS.component, KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: DOCUMENTED_KEYS.release, AttributeType: 'S' },
          { AttributeName: DOCUMENTED_KEYS.component, AttributeType: 'S' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: {
          'Fn::If': [
            'HasKey',
            { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'KeyArn' } },
            { Ref: 'AWS::NoValue' },
          ],
        },
      },
    },
  });
});

test('what the CloudFormation template refers to is there', () => {
  const template = parse(file('cloudformation.yaml'));
  const known = [...Object.keys(template.Parameters), ...Object.keys(template.Resources), 'AWS::NoValue'];
  const references = [...JSON.stringify(template).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g)].map(([, to]) => to);
  expect(references.length).toBeGreaterThan(4);
  for (const reference of references) expect(known).toContain(reference);
  expect(template.Conditions).toHaveProperty('HasKey');
});

test('the Terraform table is the same', () => {
  const document = JSON.parse(file('release-fragments.tf.json'));
  expect(document.resource).toEqual({
    aws_dynamodb_table: {
      release_fragments: {
        name: expression('var.table_name'),
        billing_mode: 'PAY_PER_REQUEST',
        hash_key: DOCUMENTED_KEYS.release,
        range_key: DOCUMENTED_KEYS.component,
        deletion_protection_enabled: true,
        attribute: [
          { name: DOCUMENTED_KEYS.release, type: 'S' },
          { name: DOCUMENTED_KEYS.component, type: 'S' },
        ],
        point_in_time_recovery: { enabled: true },
        dynamic: {
          server_side_encryption: {
            for_each: expression('var.key_arn[*]'),
            content: { enabled: true, kms_key_arn: expression('server_side_encryption.value') },
          },
        },
        lifecycle: { prevent_destroy: true },
      },
    },
  });
  const references = [...JSON.stringify(document).matchAll(/var\.(\w+)/g)].map(([, name]) => name);
  expect(new Set(references)).toEqual(new Set(Object.keys(document.variable)));
});

/** As Terraform writes an expression within JSON. */
function expression(text: string): string {
  return `$\{${text}}`;
}

import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, testSamples } from './samples.ts';

const id = (digit: string) => `${digit.repeat(8)}-7c71-4dd8-9a6b-${digit.repeat(12)}`;

describe('glue reads', () => {
  testSamples('glue', [
    {
      form: 'older',
      sample: 'glue-2020.txt',
      drafts: [
        {
          fields: {
            component: 'orders',
            evolutionPolicy: 'BACKWARD',
            meta: {
              schema: 'orders-value',
              registry: 'acme',
              registryVersion: '4',
              schemaVersionId: id('1'),
              schemaType: 'AVRO',
            },
          },
          tag: null,
          place: 'orders-value',
        },
      ],
    },
    {
      form: 'newer',
      sample: 'glue-2022.txt',
      drafts: [
        {
          fields: {
            component: 'user.created',
            meta: {
              schema: 'user.created',
              registry: 'acme',
              registryVersion: '2',
              schemaVersionId: id('2'),
              schemaType: 'PROTOBUF',
            },
          },
          tag: null,
          place: 'user.created',
        },
        {
          fields: {
            component: 'user.deleted',
            evolutionPolicy: 'FULL_TRANSITIVE',
            meta: {
              schema: 'user.deleted',
              registry: 'acme',
              registryVersion: '7',
              schemaVersionId: id('3'),
              schemaType: 'JSON',
            },
          },
          tag: null,
          place: 'user.deleted',
        },
      ],
      notices: ['user.created has the compatibility DISABLED, which is not an evolutionPolicy, so none is published.'],
    },
    {
      form: 'other',
      sample: 'glue-register.txt',
      drafts: [
        {
          fields: {
            component: 'orders',
            evolutionPolicy: 'FORWARD_TRANSITIVE',
            meta: {
              schema: 'orders-value',
              registry: 'acme',
              registryVersion: '5',
              schemaVersionId: id('4'),
              schemaType: 'AVRO',
            },
          },
          tag: null,
          place: 'orders-value',
        },
      ],
    },
    {
      form: 'other',
      sample: 'glue-faults.txt',
      drafts: [
        {
          fields: {
            component: 'mails',
            meta: { schema: 'mails', registryVersion: '1', schemaVersionId: id('6'), schemaType: 'AVRO' },
          },
          tag: null,
          place: 'mails',
        },
      ],
      notices: ['No compatibility was given of mails (aws glue get-schema), so no evolutionPolicy is published.'],
      faults: [
        { place: 'answer 6', fault: expect.stringContaining('SchemaName: expected string, received nothing') },
        {
          place: 'orders',
          fault: 'expected version 4 to be AVAILABLE, received FAILURE: it broke the compatibility and cannot be used',
        },
        {
          place: 'billing',
          fault: 'expected version 2 to be AVAILABLE, received PENDING: Glue is still checking it, so ask once more',
        },
        { place: 'old', fault: 'expected a schema that stays, received one that is being deleted' },
      ],
    },
  ]);

  const schema = (name: string, Compatibility?: string) => ({
    SchemaName: name,
    SchemaArn: `arn:aws:glue:eu-central-1:111122223333:schema/acme/${name}`,
    Compatibility,
    LatestSchemaVersion: 3,
  });

  test.each([
    ['NONE', 'NONE'],
    ['BACKWARD', 'BACKWARD'],
    ['BACKWARD_ALL', 'BACKWARD_TRANSITIVE'],
    ['FORWARD', 'FORWARD'],
    ['FORWARD_ALL', 'FORWARD_TRANSITIVE'],
    ['FULL', 'FULL'],
    ['FULL_ALL', 'FULL_TRANSITIVE'],
    ['DISABLED', undefined],
  ])('the compatibility %s is the policy %s', (compatibility, policy) => {
    const { drafts } = readTexts('glue', [schema('a', compatibility)]);
    expect(drafts).toMatchObject([{ fields: { component: 'a', meta: { registryVersion: '3' } } }]);
    expect(drafts[0]?.fields.evolutionPolicy).toBe(policy);
  });

  test('a version that names no schema is nobody’s of two', () => {
    const registered = { SchemaVersionId: id('4'), VersionNumber: 5, Status: 'AVAILABLE' };
    const { drafts, faults } = readTexts('glue', [schema('a', 'NONE'), schema('b', 'FULL'), registered]);
    expect(drafts.map(({ fields }) => fields.component)).toEqual(['a', 'b']);
    expect(faults).toEqual([{ place: `version ${id('4')}`, fault: expect.stringMatching(/of which schema it is/) }]);
    expect(readTexts('glue', [registered], { component: 'orders' }).drafts).toMatchObject([
      { fields: { component: 'orders', meta: { registryVersion: '5' } } },
    ]);
  });
});

describe('from Glue to a verdict', () => {
  const table = publishedTable();

  test('a policy that was weakened is found', async () => {
    const words = (compatibility: string) => [
      ...['--from', 'glue', '--tag', 'v2.1.0', '--json', JSON.stringify({ ...schemaOf, Compatibility: compatibility })],
    ];
    const schemaOf = {
      SchemaName: 'orders-value',
      SchemaArn: 'arn:aws:glue:eu-central-1:111122223333:schema/acme/orders-value',
      LatestSchemaVersion: 4,
    };
    await table.publish('v1.3.0', ...words('BACKWARD_ALL'));
    await table.publish('v1.4.0', ...words('BACKWARD_ALL'));
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    await table.publish('v1.5.0', ...words('NONE'));
    expect((await table.check('v1.5.0')).findings).toContain('schema-policy-weakened kafka#orders');
    expect(await table.items()).toContainEqual(
      expect.objectContaining({ version: 'v1.5.0', componentVersion: '2.1.0', evolutionPolicy: 'NONE' }),
    );
  });

  test('a version that Glue refused is not published: exit 2', async () => {
    const said = await table.publish('v1.4.0', '--from', 'glue', '--path', `${SAMPLES}glue/glue-faults.txt`);
    expect([said.exitCode, said.stdout]).toEqual([2, 'published          v1.4.0  kafka#mails\n']);
    expect(said.stderr).toContain('glue: orders: expected version 4 to be AVAILABLE, received FAILURE');
  });
});

import { describe } from 'vitest';
import { type Sample, testSamples } from './samples.ts';

describe('schema-registry reads', () => {
  testSamples('schema-registry', [
    {
      form: 'other',
      sample: 'schema-registry-json.ndjson',
      drafts: [
        {
          fields: {
            component: 'user.created',
            evolutionPolicy: 'FULL_TRANSITIVE',
            meta: { subject: 'user.created-value', registryVersion: '4', schemaId: '112', schemaType: 'JSON' },
          },
          tag: null,
          place: 'user.created-value',
        },
      ],
    },
    ...(
      [
        ['older', 'schema-registry-old.ndjson', 'avrotest4', 'avrotest4-value', '6'],
        ['newer', 'schema-registry-8.ndjson', 'test-no-auth-1763597024', 'test-no-auth-1763597024', '1'],
        ['other', 'schema-registry-put.ndjson', 'Kafka', 'Kafka-value', '1'],
      ] as const
    ).map(
      ([form, sample, component, subject, schemaId]): Sample => ({
        form,
        sample,
        drafts: [
          {
            fields: {
              component,
              evolutionPolicy: 'BACKWARD',
              meta: { subject, registryVersion: '1', schemaId, schemaType: 'AVRO' },
            },
            tag: null,
            place: subject,
          },
        ],
      }),
    ),
    { sample: 'schema-registry-refusal.json', refused: /error 40408: .*Ask with \?defaultToGlobal=true/ },
  ]);
});

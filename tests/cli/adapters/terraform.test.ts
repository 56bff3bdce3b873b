import { describe, expect } from 'vitest';
import { type Sample, testSamples } from './samples.ts';

describe('terraform reads', () => {
  testSamples('terraform', [
    {
      form: 'other',
      sample: 'terraform-output.json',
      options: { component: 'network', environment: 'prod', allowedOutputs: ['vpc_id', 'zones', 'db_password'] },
      drafts: [
        {
          fields: {
            component: 'network',
            environment: 'prod',
            meta: { 'output.vpc_id': 'vpc-0a1b', 'output.zones': '["a","b"]' },
          },
          tag: null,
        },
      ],
      notices: [
        '1 outputs are not published; name those that may be by --allow-output.',
        'There is no output, or only a sensitive one, called db_password.',
      ],
    },
    ...(
      [
        ['older', 'terraform-0.13-all.ndjson', '0.13.5', '3', 'b7d45aa5a-812a-2d1f-e5e6-835215928e00', 0],
        ['newer', 'terraform-1.11-all.ndjson', '1.11.4', '1', '9d67653a-3e9b-9313-5dad-c25e8f5eef77', 2],
      ] as const
    ).map(
      ([form, sample, terraformVersion, serial, lineage, left]): Sample => ({
        form,
        sample,
        options: { component: 'network' },
        drafts: [
          {
            fields: {
              component: 'network',
              meta: { terraformVersion, providers: expect.stringMatching(/^sha256:/), serial, lineage },
            },
            tag: null,
          },
        ],
        // The older sample has one output alone, a sensitive one, which is not even counted.
        notices: left === 0 ? [] : [`${left} outputs are not published; name those that may be by --allow-output.`],
      }),
    ),
  ]);
});

import { describe } from 'vitest';
import { testSamples } from './samples.ts';

describe('release-plz reads', () => {
  testSamples('release-plz', [
    {
      form: 'other',
      sample: 'release-plz-action.json',
      drafts: [
        {
          fields: { component: 'orders-core', componentVersion: '0.4.1', artifact: 'orders-core@0.4.1' },
          tag: 'orders-core-v0.4.1',
        },
        { fields: { component: 'orders', componentVersion: '1.2.0', artifact: 'orders@1.2.0' }, tag: 'orders-v1.2.0' },
      ],
    },
    {
      form: 'older',
      sample: 'release-plz-cli.json',
      drafts: [{ fields: { component: 'orders', componentVersion: '1.2.0', artifact: 'orders@1.2.0' }, tag: 'v1.2.0' }],
    },
    {
      form: 'newer',
      sample: 'release-plz-output.json',
      drafts: [
        {
          fields: { component: 'my-package', componentVersion: '0.1.0', artifact: 'my-package@0.1.0' },
          tag: 'v0.1.0',
        },
      ],
    },
  ]);
});

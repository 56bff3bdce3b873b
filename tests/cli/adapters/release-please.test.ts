import { describe } from 'vitest';
import { testSamples } from './samples.ts';

describe('release-please reads', () => {
  testSamples('release-please', [
    {
      form: 'newer',
      sample: 'release-please-v4.json',
      drafts: ['sdk', 'additional-sdk'].map((component) => {
        const version = component === 'sdk' ? '0.14.5' : '0.5.2';
        return {
          fields: {
            component,
            componentVersion: version,
            commit: '7cc2ba5c694e76a117f731d4cf0b06f8b8361f2e',
            changelog: `## ${version} (2024-01-22)\n\n...`,
            links: { release: `https://github.com/$org/$repo/releases/tag/${component}-v${version}` },
          },
          tag: `${component}-v${version}`,
          place: component === 'sdk' ? 'the root' : `packages/${component}`,
        };
      }),
    },
    {
      form: 'newer',
      sample: 'release-please-v4-root.json',
      drafts: [
        {
          fields: {
            componentVersion: '1.3.1',
            commit: '1785100949bdc314681a91e136a42248406d309f',
            changelog: '...',
            links: { release: 'https://github.com/equinor/radix-prometheus-proxy/releases/tag/v1.3.1' },
          },
          tag: 'v1.3.1',
          place: 'the root',
        },
      ],
    },
    {
      form: 'older',
      sample: 'release-please-v3.json',
      drafts: [
        { fields: { componentVersion: '0.12.0' }, tag: 'v0.12.0', place: 'the root' },
        {
          fields: { component: '@nozomiishii/backend', componentVersion: '0.9.0' },
          tag: '@nozomiishii/backend-v0.9.0',
          place: 'apps/backend',
        },
      ],
    },
    {
      form: 'other',
      sample: 'release-please-none.json',
      drafts: [],
      notices: ['release-please released nothing.'],
    },
    { sample: '../npm/npm-12-pack.json', refused: /^expected the outputs of the release-please action/ },
  ]);
});

import { describe, expect } from 'vitest';
import { type Sample, testSamples } from './samples.ts';

describe('semantic-release reads', () => {
  testSamples('semantic-release', [
    {
      form: 'other',
      sample: 'semantic-release-context.json',
      options: { component: 'ui' },
      drafts: [
        {
          fields: {
            component: 'ui',
            componentVersion: '1.2.0-rc.3',
            commit: '89abcdef0123456789abcdef0123456789abcdef',
            changelog: '## 1.2.0-rc.3\n\n* **auth:** refuse $(rm -rf /) and `<script>`',
            links: { release: 'https://github.com/acme/ui/releases/tag/v1.2.0-rc.3' },
            meta: { channel: 'rc' },
          },
          tag: 'v1.2.0-rc.3',
        },
      ],
    },
    {
      form: 'other',
      sample: 'semantic-release-next.json',
      drafts: [
        { fields: { componentVersion: '1.2.0', commit: '89abcdef0123456789abcdef0123456789abcdef' }, tag: 'v1.2.0' },
      ],
    },
    ...(
      [
        ['older', 'semantic-release-24-context.json', '26e373192972791e354ecb9ff83ff7e8da24310d'],
        ['newer', 'semantic-release-25-context.json', '9063106bfac06e3578306da8c92e97f2d0eadfcf'],
      ] as const
    ).map(
      ([form, sample, commit]): Sample => ({
        form,
        sample,
        options: { component: 'ui' },
        drafts: [
          {
            fields: {
              component: 'ui',
              componentVersion: '1.0.1-rc.1',
              commit,
              changelog: expect.stringMatching(/^## \[1\.0\.1-rc\.1\].*\* \*\*auth:\*\* refuse `<script>` /s),
              links: { release: 'https://github.com/acme/ui/releases/tag/v1.0.1-rc.1' },
              meta: { channel: 'rc' },
            },
            tag: 'v1.0.1-rc.1',
          },
        ],
      }),
    ),
  ]);
});

import { describe, expect } from 'vitest';
import { type Sample, testSamples } from './samples.ts';

const GUIDE = {
  component: 'thomas-guide',
  chartVersion: '0.1.0-beta.1',
  appVersion: '1.0',
  date: '1977-09-02T22:04:05Z',
  meta: { namespace: 'default', revision: '1', status: 'deployed' },
};

describe('helm reads', () => {
  testSamples('helm', [
    {
      form: 'older',
      sample: 'helm-3-metadata.json',
      drafts: [{ fields: GUIDE, tag: null }],
    },
    {
      form: 'newer',
      sample: 'helm-4-metadata.json',
      options: {
        environment: 'prod',
        values: '{"replicas":3,"auth":{"password":"hunter2","user":"svc"}}',
        excludedValues: ['auth.password', 'not.there'],
      },
      drafts: [
        {
          fields: {
            ...GUIDE,
            environment: 'prod',
            // echo -n '{"auth":{"user":"svc"},"replicas":3}' | sha256sum
            valuesHash: 'sha256:2336fbf121470505d8c506890f224c3716cfb9e984abdda11a273512e52a389f',
          },
          tag: null,
        },
      ],
    },
    {
      form: 'older',
      sample: 'helm-3-list.json',
      drafts: [
        {
          fields: {
            component: 'auth',
            chartVersion: '1.4.0-rc.1',
            appVersion: '1.4.0',
            date: '2026-11-19T10:11:12.123456789+01:00',
            meta: { namespace: 'prod', revision: '7', status: 'pending-upgrade' },
          },
          tag: null,
        },
      ],
      notices: ['auth is pending-upgrade: a deployment is in progress.'],
    },
    ...(
      [
        ['older', 'helm-3-history.json', '4', '1977-09-02T22:04:05+00:00'],
        ['newer', 'helm-4-history.json', '3', '1977-09-02T22:04:05Z'],
      ] as const
    ).map(
      ([form, sample, revision, date]): Sample => ({
        form,
        sample,
        options: { component: 'thomas-guide' },
        drafts: [{ fields: { ...GUIDE, date, meta: { revision, status: 'deployed' } }, tag: null }],
      }),
    ),
    {
      form: 'other',
      sample: 'helm-failed-history.json',
      options: { component: 'auth' },
      drafts: [
        {
          fields: {
            component: 'auth',
            chartVersion: '1.4.0',
            appVersion: '1.4.0',
            date: '2026-11-19T10:11:12.123+01:00',
            meta: { revision: '7', status: 'deployed' },
          },
          tag: null,
        },
      ],
      notices: ['auth: revision 8 has not been deployed; an older one is published.'],
    },
    {
      form: 'other',
      sample: 'helm-ambiguous-list.json',
      drafts: [],
      faults: [{ place: 'x', fault: expect.stringMatching(/“redis-7\.2\.0-1\.0\.0” can be read as /) }],
    },
  ]);
});

import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { DIGEST, readTexts, SAMPLES, testSamples } from './samples.ts';

const SHA = '5302ab0efd1a8f4d9a0a7c1c0a3f0a3e8d1c4b2a';

describe('flux reads', () => {
  testSamples('flux', [
    {
      form: 'newer',
      sample: 'flux-2.7-helmreleases.json',
      options: { environment: 'prod' },
      drafts: [
        {
          fields: {
            component: 'metrics-server',
            environment: 'prod',
            chartVersion: '3.13.0+457df0544ec2',
            appVersion: '0.8.0',
            date: '2025-11-01T23:31:42Z',
            meta: { namespace: 'monitoring', ready: 'True', revision: '1', status: 'deployed' },
          },
          tag: null,
          place: 'HelmRelease metrics-server',
        },
        {
          fields: {
            component: 'tailscale-operator',
            environment: 'prod',
            // What is deployed, and not what was attempted.
            chartVersion: '1.90.9',
            appVersion: 'v1.90.9',
            date: '2025-11-26T19:26:23Z',
            meta: { namespace: 'tailscale', ready: 'True', revision: '3', status: 'deployed' },
          },
          tag: null,
          place: 'HelmRelease tailscale-operator',
        },
      ],
    },
    {
      form: 'older',
      sample: 'flux-0.38.json',
      drafts: [
        {
          fields: { component: 'podinfo', chartVersion: '6.5.4', meta: { namespace: 'web', ready: 'True' } },
          tag: null,
          place: 'HelmRelease podinfo',
        },
        {
          fields: {
            component: 'kustomization/apps',
            meta: { namespace: 'flux-system', ready: 'True', revision: `main/${SHA}` },
          },
          tag: null,
          place: 'Kustomization apps',
        },
      ],
      notices: ['HelmRelease pds--database is left out: 0.1.2+b066f00a was not installed with success.'],
    },
    {
      form: 'other',
      sample: 'flux-all.json',
      drafts: [
        {
          fields: {
            component: 'orders',
            chartVersion: '1.4.0',
            appVersion: '1.4.0',
            date: '2026-11-19T12:00:00Z',
            meta: { namespace: 'shop', ready: 'False', revision: '4', status: 'deployed' },
          },
          tag: null,
          place: 'HelmRelease orders',
        },
        {
          // Called as the release that it brings, and no part of it.
          fields: {
            component: 'kustomization/orders',
            meta: { namespace: 'flux-system', ready: 'True', revision: `main@sha1:${SHA}` },
          },
          tag: null,
          place: 'Kustomization orders',
        },
        {
          fields: {
            component: 'kustomization/infra',
            digest: DIGEST,
            meta: { namespace: 'flux-system', ready: 'Unknown', revision: `v1.2.0@${DIGEST}` },
          },
          tag: null,
          place: 'Kustomization infra',
        },
      ],
      notices: [
        'Passed over, as no HelmRelease and no Kustomization of Flux: HelmRelease operator-of-old.',
        'HelmRelease orders is not ready (UpgradeFailed): what was applied last with success is published.',
        'HelmRelease orders is suspended: Flux leaves it as it is.',
        'HelmRelease orders: revision 5 is failed; an older one is published.',
        'HelmRelease cache is left out: 18.1.0 was not installed with success.',
        'HelmRelease gone is left out: its release is uninstalled.',
        'HelmRelease new is left out: nothing was installed yet.',
        'HelmRelease leaving is left out: it is being deleted.',
        'Kustomization infra is being reconciled now.',
        'Kustomization infra was changed, which Flux has not taken up yet.',
        expect.stringMatching(
          /^Kustomization infra: v1\.3\.0@sha256:\S+ is wanted and not applied; v1\.2\.0@\S+ is published\.$/,
        ),
      ],
    },
  ]);

  test('an object that cannot be read costs the others nothing', () => {
    const items = [
      { kind: 'HelmRelease', metadata: { name: 'a' }, spec: {}, status: { lastAppliedRevision: '1.0.0' } },
      { kind: 'Kustomization', metadata: { name: 'b' } },
      { kind: 'HelmRelease', metadata: {} },
    ];
    const { drafts, faults } = readTexts('flux', [{ kind: 'List', items }]);
    expect(drafts.map(({ fields }) => fields.component)).toEqual(['a']);
    expect(faults?.map(({ place }) => place)).toEqual(['Kustomization b', 'object 3']);
  });
});

describe('from Flux to a verdict', () => {
  const table = publishedTable();

  test('published and judged', async () => {
    const words = ['--from', 'flux', '--environment', 'prod', '--replace', '--path', `${SAMPLES}flux/flux-all.json`];
    for (const release of ['v1.3.0', 'v1.4.0']) {
      const said = await table.publish(release, ...words);
      expect(said.exitCode).toBe(0);
      expect(said.stdout.match(/infra#\S+/g)).toEqual([
        'infra#orders',
        'infra#kustomization/orders',
        'infra#kustomization/infra',
      ]);
    }
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
  });
});

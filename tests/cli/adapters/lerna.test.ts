import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, testSamples } from './samples.ts';

const of = (component: string, version: string, more: object = {}) => ({
  fields: { component, npmVersion: version, artifact: `${component}@${version}` },
  tag: null,
  likelyTags: [`${component}@${version}`],
  ...more,
});

describe('lerna reads', () => {
  const PUBLISHED = [of('@acme/shell', '3.1.0'), of('@acme/ui', '1.3.0')];
  testSamples('lerna', [
    { form: 'older', sample: 'lerna-6-publish-summary.json', drafts: PUBLISHED },
    { form: 'newer', sample: 'lerna-9-publish-summary.json', drafts: PUBLISHED },
    {
      form: 'other',
      sample: 'lerna-9-version.json',
      // `version` is the one before.
      drafts: [of('@acme/shell', '3.2.0'), of('@acme/ui', '1.4.0')],
    },
    {
      form: 'other',
      sample: 'lerna-9-list-all.json',
      drafts: [
        // What is private lies in no registry.
        { fields: { component: 'app', npmVersion: '0.3.0' }, tag: null, likelyTags: ['app@0.3.0'] },
        of('@acme/shell', '3.0.0'),
        of('@acme/ui', '1.2.0'),
      ],
    },
  ]);

  test('with one version for all, its tag may be that of the version alone', () => {
    const packages = ['a', 'b'].map((packageName) => ({ packageName, version: '2.0.0' }));
    expect(readTexts('lerna', [packages]).drafts).toMatchObject([
      { likelyTags: ['a@2.0.0', 'v2.0.0'] },
      { likelyTags: ['b@2.0.0', 'v2.0.0'] },
    ]);
  });

  test('a package a line, and one that cannot be read', () => {
    const lines = [{ name: 'a', version: '1.0.0', private: false, location: '/a' }, { name: 'b' }];
    expect(readTexts('lerna', lines)).toMatchObject({
      drafts: [{ fields: { component: 'a' } }],
      faults: [{ place: 'b', fault: expect.stringContaining('version: expected string, received nothing') }],
    });
  });

  test('nothing published is said', () => {
    expect(readTexts('lerna', [[]])).toEqual({ drafts: [], faults: [], notices: ['lerna published nothing.'] });
  });
});

describe('from lerna to a verdict', () => {
  const table = publishedTable();

  test('a summary, published and judged; its tag is looked for in git, and not made up', async () => {
    const words = ['--from', 'lerna', '--type', 'frontend', '--path', `${SAMPLES}lerna/lerna-9-publish-summary.json`];
    await table.publish('v1.3.0', ...words);
    const said = await table.publish('v1.4.0', ...words);
    expect([said.exitCode, said.stdout]).toEqual([
      0,
      'published          v1.4.0  frontend#@acme/shell\npublished          v1.4.0  frontend#@acme/ui\n',
    ]);
    expect((await table.items()).filter(({ meta }) => meta !== undefined)).toEqual([]);
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
  });
});

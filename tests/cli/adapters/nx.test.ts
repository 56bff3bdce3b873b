import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, testSamples } from './samples.ts';

describe('nx reads', () => {
  testSamples('nx', [
    {
      form: 'older',
      sample: 'nx-17-version.json',
      drafts: [
        {
          fields: { component: '@acme/shell', componentVersion: '3.1.0' },
          tag: null,
          likelyTags: ['@acme/shell@3.1.0'],
        },
        { fields: { component: '@acme/ui', componentVersion: '1.3.0' }, tag: null, likelyTags: ['@acme/ui@1.3.0'] },
      ],
    },
    {
      form: 'newer',
      sample: 'nx-23-release.ndjson',
      drafts: [
        {
          fields: {
            component: '@acme/shell',
            componentVersion: '3.1.0',
            changelog: '## 3.1.0 (2026-11-28)\n\n### 🧱 Updated Dependencies\n\n- Updated @acme/ui to 1.3.0',
          },
          tag: '@acme/shell@3.1.0',
          likelyTags: ['@acme/shell@3.1.0'],
        },
        {
          fields: {
            component: '@acme/ui',
            componentVersion: '1.3.0',
            changelog: expect.stringMatching(/^## 1\.3\.0 /),
          },
          tag: '@acme/ui@1.3.0',
          likelyTags: ['@acme/ui@1.3.0'],
        },
      ],
    },
  ]);

  const entry = (newVersion: string | null, more: object = {}) => ({
    currentVersion: '1.0.0',
    newVersion,
    dependentProjects: [],
    ...more,
  });

  test('what `release()` returns is the map alone; a project without changes is not released', () => {
    expect(readTexts('nx', [{ a: entry('1.1.0'), b: entry(null) }])).toMatchObject({
      drafts: [{ fields: { component: 'a', componentVersion: '1.1.0' }, likelyTags: ['a@1.1.0', 'v1.1.0'] }],
      notices: [],
    });
    expect(readTexts('nx', [{ b: entry(null) }])).toMatchObject({ drafts: [], notices: ['nx released nothing.'] });
  });

  test('a project whose publishing failed is left out and named', () => {
    const versions = { workspaceVersion: '1.1.0', projectsVersionData: { a: entry('1.1.0'), b: entry('1.1.0') } };
    const reading = readTexts('nx', [{ a: { code: 0 }, b: { code: 1 } }, versions]);
    expect(reading.drafts).toMatchObject([{ fields: { component: 'a' } }]);
    expect(reading.notices).toEqual(['b is left out: its publishing failed (nx-release-publish ended with 1).']);
  });

  test('before Nx 20 the publishing is an exit code: of all, so one that failed is of nobody knows whom', () => {
    expect(readTexts('nx', [{ a: entry('1.1.0') }, 0]).drafts).toHaveLength(1);
    expect(() => readTexts('nx', [{ a: entry('1.1.0') }, 1])).toThrow(/the publishing ended with 1, and of which/);
  });

  test.each([
    ['pattern', { releaseTag: { pattern: 'release/{version}' } }, ['release/1.1.0']],
    ['pattern before Nx 22', { releaseTagPattern: '{releaseGroupName}-{version}' }, ['apps-1.1.0']],
  ])('tags by the %s of its group', (_, pattern, likelyTags) => {
    const releaseGraph = { releaseGroups: [{ name: 'apps', projects: ['a'], ...pattern }] };
    expect(readTexts('nx', [{ projectsVersionData: { a: entry('1.1.0') }, releaseGraph }]).drafts).toMatchObject([
      { tag: null, likelyTags },
    ]);
  });

  test('the changelog of the workspace says the tag of those that have its version', () => {
    const workspaceChangelog = { releaseVersion: { rawVersion: '1.1.0', gitTag: 'v1.1.0' }, contents: '## 1.1.0' };
    const projectsVersionData = { a: entry('1.1.0'), b: entry('7.0.0') };
    const { drafts } = readTexts('nx', [{ projectsVersionData }, { workspaceChangelog }]);
    expect(drafts.map(({ tag }) => tag)).toEqual(['v1.1.0', null]);
    // It is of all, and not of one.
    expect(drafts.map(({ fields }) => fields.changelog)).toEqual([undefined, undefined]);
  });

  test('an image has a version of its own', () => {
    const projects = {
      a: entry('1.1.0', { dockerVersion: '2611.28.abc' }),
      b: entry(null, { dockerVersion: '2611.29.a' }),
    };
    expect(readTexts('nx', [projects]).drafts).toMatchObject([
      { fields: { componentVersion: '1.1.0', meta: { dockerVersion: '2611.28.abc' } } },
      { fields: { componentVersion: '2611.29.a' } },
    ]);
  });

  test('a project that cannot be read costs the others nothing', () => {
    expect(readTexts('nx', [{ a: entry('1.1.0'), b: { newVersion: 7 } }])).toMatchObject({
      drafts: [{ fields: { component: 'a' } }],
      faults: [{ place: 'b', fault: expect.stringContaining('newVersion') }],
    });
  });
});

describe('from nx to a verdict', () => {
  const table = publishedTable();

  test('a release of projects, published and judged', async () => {
    const words = ['--from', 'nx', '--type', 'frontend', '--path', `${SAMPLES}nx/nx-23-release.ndjson`];
    await table.publish('v1.3.0', ...words);
    expect((await table.publish('v1.4.0', ...words)).exitCode).toBe(0);
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    expect(await table.items()).toContainEqual(
      expect.objectContaining({
        version: 'v1.4.0',
        'component#name': 'frontend#@acme/ui',
        componentVersion: '1.3.0',
        meta: { tag: '@acme/ui@1.3.0' },
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { digestOfIntegrity, read, readTexts, SAMPLES, testSamples } from './samples.ts';

const UI = { component: '@acme/ui', npmVersion: '1.2.0', artifact: '@acme/ui@1.2.0' };
const SHELL = { component: '@acme/shell', npmVersion: '3.0.0', artifact: '@acme/shell@3.0.0' };
const UI_10 = 'acX9JLyXrAubQCCN0AsM94xuf0ScbHASvpsVPDt/VE8D+E7wgPI9+n+Bd1WxABN32DPWB3KUKJdYafOcsnLTGA==';
const UI_12 = 'zaCVVL9zrJcK8i1kAtSAReWpGh8jC1QMil+FK0ARhExIi3oTkIlab6aqhiI985I6Eew2PtRgVO4+7mzojcyH8A==';
const SHELL_12 = 'uwplty+31OLQB1soPYOo5Ar1NcHuFtdY7Ndchjk+6OUujq0i8p3Wi7VGX9RLqPPN3PXlkjbijtOBavZ4QRef9g==';
const OF_12 = [
  { fields: { ...SHELL, digest: digestOfIntegrity(SHELL_12) }, tag: null },
  { fields: { ...UI, digest: digestOfIntegrity(UI_12) }, tag: null },
];

describe('pnpm reads', () => {
  testSamples('pnpm', [
    {
      form: 'older',
      sample: 'pnpm-8-publish-summary.json',
      drafts: [
        { fields: UI, tag: null },
        { fields: SHELL, tag: null },
      ],
    },
    { form: 'newer', sample: 'pnpm-12-publish-summary.json', drafts: OF_12 },
    { form: 'newer', sample: 'pnpm-12-publish-recursive.json', drafts: OF_12 },
    { form: 'older', sample: 'pnpm-8-nothing.json', drafts: [], notices: ['pnpm published nothing.'] },
    {
      form: 'other',
      sample: 'pnpm-10-pack-recursive.json',
      drafts: [
        { fields: SHELL, tag: null },
        { fields: UI, tag: null },
      ],
    },
    {
      form: 'other',
      sample: 'pnpm-10-publish.json',
      drafts: [{ fields: { ...UI, digest: digestOfIntegrity(UI_10) }, tag: null }],
    },
  ]);

  test('a package that cannot be read costs the others nothing', () => {
    const publishedPackages = [{ name: '@acme/ui' }, { name: '@acme/shell', version: '3.0.0' }];
    expect(readTexts('pnpm', [{ publishedPackages }])).toEqual({
      drafts: [{ fields: SHELL, tag: null }],
      faults: [{ place: '@acme/ui', fault: expect.stringMatching(/version: expected string, received nothing$/) }],
      notices: [],
    });
  });

  test('the summary is read by --from npm, too', () => {
    const summary = `${SAMPLES}pnpm/pnpm-8-publish-summary.json`;
    expect(read('npm', summary).drafts).toEqual(read('pnpm', summary).drafts);
  });
});

describe('from pnpm to a verdict', () => {
  const table = publishedTable();
  const summary = ['--from', 'pnpm', '--type', 'frontend', '--path', `${SAMPLES}pnpm/pnpm-8-publish-summary.json`];

  test('what pnpm published makes a release whole, and what it did not is missing', async () => {
    await table.publish('v1.3.0', ...summary);
    const one = JSON.stringify({ publishedPackages: [{ name: '@acme/ui', version: '1.2.0' }] });
    await table.publish('v1.4.0', '--from', 'pnpm', '--type', 'frontend', '--json', one);
    expect(await table.check('v1.4.0')).toEqual({
      exitCode: 1,
      verdict: 'fail',
      findings: ['missing-component frontend#@acme/shell'],
    });
    const said = await table.publish('v1.4.0', ...summary);
    expect([said.exitCode, said.stdout]).toEqual([
      0,
      'already published  v1.4.0  frontend#@acme/ui\npublished          v1.4.0  frontend#@acme/shell\n',
    ]);
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
  });

  test('without --path the summary is looked for where pnpm leaves it', async () => {
    const said = await table.publish('v1.4.0', '--from', 'pnpm', '--type', 'frontend');
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('pnpm-publish-summary.json cannot be read: it is not there.');
  });
});

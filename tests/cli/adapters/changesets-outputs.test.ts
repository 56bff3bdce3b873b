import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, testSamples } from './samples.ts';

const UI = { component: '@acme/ui', npmVersion: '1.2.0', artifact: '@acme/ui@1.2.0' };
const SHELL = { component: '@acme/shell', npmVersion: '3.0.0', artifact: '@acme/shell@3.0.0' };

describe('changesets reads all outputs of its action', () => {
  testSamples('changesets', 'changesets-outputs', [
    {
      form: 'older',
      sample: 'action-1.json',
      drafts: [{ fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0', 'v1.2.0'] }],
    },
    {
      form: 'newer',
      sample: 'action-2.json',
      drafts: [
        { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
        { fields: SHELL, tag: null, likelyTags: ['@acme/shell@3.0.0'] },
      ],
    },
    {
      form: 'newer',
      sample: 'action-2-pull-request.json',
      drafts: [],
      notices: ['changesets published nothing.'],
    },
  ]);

  test('a package that cannot be read costs the others nothing', () => {
    const list = JSON.stringify([{ name: '@acme/ui' }, { name: '@acme/shell', version: '3.0.0' }]);
    expect(readTexts('changesets', [{ published: 'true', publishedPackages: list }])).toMatchObject({
      drafts: [{ fields: SHELL }],
      faults: [{ place: 'package 1', fault: expect.stringContaining('version: expected string') }],
    });
  });

  test('a list that was cut is refused', () => {
    expect(() => readTexts('changesets', [{ published: 'true', publishedPackages: '[{"name":' }])).toThrow(
      /^expected what changesets leaves behind.*which is no JSON$/,
    );
  });
});

describe('from the outputs to a verdict', () => {
  const table = publishedTable();

  test('published and judged', async () => {
    const words = (sample: string) => [
      ...['--from', 'changesets', '--type', 'frontend', '--path', `${SAMPLES}changesets-outputs/${sample}`],
    ];
    await table.publish('v1.3.0', ...words('action-2.json'));
    await table.publish('v1.4.0', ...words('action-1.json'));
    expect(await table.check('v1.4.0')).toEqual({
      exitCode: 1,
      verdict: 'fail',
      findings: ['missing-component frontend#@acme/shell'],
    });
    await table.publish('v1.4.0', ...words('action-2.json'));
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
  });
});

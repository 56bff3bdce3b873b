import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, type Sample, testSamples } from './samples.ts';

const packageOf = (component: string, npmVersion: string) => ({
  component,
  npmVersion,
  artifact: `${component}@${npmVersion}`,
});
const UI = packageOf('@acme/ui', '1.2.0');
const SHELL = packageOf('shell', '3.0.0');
const ACME_SHELL = packageOf('@acme/shell', '3.0.0');

/** Of the command line, and the list of packages alone. */
const PRINTED: readonly Sample[] = [
  {
    form: 'other',
    sample: 'changesets-published-packages.json',
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    form: 'older',
    sample: 'changesets-2-status.json',
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    form: 'newer',
    sample: 'changesets-3-output.ndjson',
    drafts: [
      { fields: SHELL, tag: 'shell@3.0.0' },
      { fields: UI, tag: '@acme/ui@1.2.0' },
    ],
  },
  {
    form: 'newer',
    sample: 'changesets-3-plan.json',
    // The plan's tag is npm's dist-tag, no git tag.
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    form: 'other',
    sample: 'changesets-root-tag.ndjson',
    drafts: [{ fields: SHELL, tag: 'v3.0.0' }],
    notices: ['Lines of other types were passed over: note.'],
  },
  { sample: '../goreleaser/goreleaser-2', refused: /^expected a file by --path, received the folder/ },
];

/** All outputs of the action. */
const OF_ACTION: readonly Sample[] = [
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
      { fields: ACME_SHELL, tag: null, likelyTags: ['@acme/shell@3.0.0'] },
    ],
  },
  {
    form: 'newer',
    sample: 'action-2-pull-request.json',
    drafts: [],
    notices: ['changesets published nothing.'],
  },
];

describe('changesets reads', () => {
  testSamples('changesets', PRINTED, OF_ACTION);

  test('a package that cannot be read costs the others nothing', () => {
    const list = JSON.stringify([{ name: '@acme/ui' }, { name: '@acme/shell', version: '3.0.0' }]);
    expect(readTexts('changesets', [{ published: 'true', publishedPackages: list }])).toMatchObject({
      drafts: [{ fields: ACME_SHELL }],
      faults: [{ place: 'package 1', fault: expect.stringContaining('version: expected string') }],
    });
  });

  test('a list that was cut is refused', () => {
    expect(() => readTexts('changesets', [{ published: 'true', publishedPackages: '[{"name":' }])).toThrow(
      /^expected what changesets leaves behind.*which is not JSON$/,
    );
  });
});

describe('from the outputs to a verdict', () => {
  const table = publishedTable();

  test('published and judged', async () => {
    const words = (sample: string) => [
      ...['--from', 'changesets', '--type', 'frontend', '--path', `${SAMPLES}changesets/${sample}`],
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

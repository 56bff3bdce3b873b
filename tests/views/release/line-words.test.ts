import { expect, test } from 'vitest';
import type { Finding, FindingCode, FindingOf } from '../../../src/release/finding/finding.ts';
import { lineWords } from '../../../src/views/release/line-words.ts';

const SHA = 'ea8e9217356711112222ea8e9217356711112222';
const OTHER = '158170dc450a11112222158170dc450a11112222';
const EVIDENCE = { name: 'e2e', of: null, byPerson: false, minimum: 1, have: 0 };
const FAILURE = { release: 'v1.4.0', by: null, at: '2026-11-20', counts: null, note: null, link: null };
const ROLL_OUT = { desired: 3, ready: 1, waitsFor: 'readiness', updated: 2, available: 1 } as const;
const MISSING = {
  lastSeenIn: 'v1.3.0',
  lastSeenAt: null,
  expectedBy: { releases: ['v1.3.0'] },
  arriving: false,
  perhapsRetired: false,
};
const images = (...values: string[]) => ({
  images: values.map((value, at) => ({ environment: ['qa', 'prod', 'dev'][at] ?? null, value })),
});

type Case<C extends FindingCode> = Partial<Omit<FindingOf<C>, 'code'>> & Pick<FindingOf<C>, 'details'>;
type Line = readonly [what: string, fact: string, whatToDo: string];

const WHOLE = { component: null };
const IN_PROD = { environment: 'prod' };

/** Of backend#api in v1.4.0, as an error, where a case says nothing else. */
const CASES: { readonly [C in FindingCode]: readonly (readonly [Case<C>, ...Line])[] } = {
  'missing-component': [
    [{ details: MISSING }, 'is missing', 'last seen v1.3.0', 'Publish it, or look into its pipeline.'],
    [
      { severity: 'info', details: { ...MISSING, lastSeenIn: null, expectedBy: { row: 'backend#*' } } },
      'is not there yet',
      'by row backend#*',
      'Publish it, or look into its pipeline.',
    ],
    [
      { severity: 'info', details: { ...MISSING, lastSeenIn: null, arriving: true } },
      'has not arrived yet',
      '',
      'Wait for its pipeline.',
    ],
  ],
  'partial-release': [
    [
      { ...WHOLE, details: { held: 1, expected: 5, absent: ['backend#a', 'k8s#b', 'k8s#c', 'k8s#d'], releases: [] } },
      'holds 1 of 5 components',
      'without a, b and 2 more',
      'Publish the rest, or let the policy carry it over.',
    ],
  ],
  'unexpected-component': [
    [{ details: {} }, 'is not in the roster', '', 'Add a row for it, or find who published it.'],
  ],
  'invalid-fragment': [
    [
      { details: { key: null, fault: { field: 'date', attribute: 'date', expected: 'a date', received: '"soon"' } } },
      'date cannot be read',
      '"soon"',
      'Publish it again with the field fixed.',
    ],
    [
      { ...WHOLE, details: { key: 'no-hash', reason: 'It has no type.' } },
      'an item cannot be read',
      'no-hash',
      'Publish it as a fragment, and delete the item.',
    ],
  ],
  'invalid-version': [
    [
      { ...WHOLE, details: { ordered: true, semver: true } },
      'is a pre-release of another form',
      '',
      'Tag the next one in the form v1.4.0-rc.1.',
    ],
    [
      { ...WHOLE, details: { ordered: false, semver: false } },
      'is not SemVer',
      '',
      'Publish under a tag such as v1.4.0-rc.1.',
    ],
  ],
  'immature-version': [
    [
      { details: { version: '2.9.0-beta.1', maturity: 'beta', stage: 'stable', ofArtifact: false, usual: false } },
      'is a beta in a stable release',
      '2.9.0-beta.1',
      'Release it as stable, and publish it again.',
    ],
    [
      { details: { version: '2.9.0-alpha.1', maturity: 'alpha', stage: 'rc', ofArtifact: false, usual: true } },
      'is an alpha in an rc release',
      '2.9.0-alpha.1',
      'Release it as rc, and publish it again.',
    ],
    [
      { details: { version: 'latest', maturity: 'moving', stage: 'stable', ofArtifact: false, usual: false } },
      'has a version that moves',
      'latest',
      'Publish the version or the digest it was released with.',
    ],
    [
      { details: { version: 'main', maturity: 'moving', stage: 'stable', ofArtifact: true, usual: false } },
      'its artifact has a tag that moves',
      'main',
      'Publish the version or the digest it was released with.',
    ],
  ],
  'version-regressed': [
    [
      { details: { version: '1.2.0', before: '1.3.0', previousStable: 'v1.3.0' } },
      'went back to 1.2.0',
      '1.3.0 in v1.3.0',
      'Find out whether an older build was tagged.',
    ],
  ],
  'version-mismatch': [
    [
      { details: { version: '1.3.0', leftAt: 'v1.3.0' } },
      'is still 1.3.0',
      '',
      'Find out whether it was left out, or publish it.',
    ],
    [
      { details: { version: '1.4.0', artifact: 'acme/api:1.3.0', tag: '1.3.0' } },
      'says 1.4.0, its artifact 1.3.0',
      'acme/api:1.3.0',
      'Publish its artifact, or correct the fragment.',
    ],
  ],
  'sibling-commit-mismatch': [
    [
      {
        ...WHOLE,
        details: {
          repo: 'acme/mono',
          commits: [
            { component: 'backend#a', commit: SHA },
            { component: 'backend#b', commit: OTHER },
            { component: 'backend#c', commit: SHA },
          ],
        },
      },
      'acme/mono is at different commits',
      'ea8e921 ≠ 158170d',
      'Build all of the repository from one commit.',
    ],
  ],
  'rebuilt-after-rc': [
    [
      {
        details: {
          repo: null,
          components: [
            { component: 'backend#api', rc: 'v1.4.0-rc.1', what: 'commit', tested: SHA, ships: OTHER },
            { component: 'backend#b', rc: 'v1.4.0-rc.1', what: 'version', tested: '1.4.0-rc.1', ships: '1.4.1' },
          ],
        },
      },
      'is not what was tested in v1.4.0-rc.1',
      '158170d ≠ ea8e921, 1.4.1 ≠ 1.4.0-rc.1',
      'Promote the tested build, or test a new candidate.',
    ],
  ],
  'stage-skipped': [
    [
      { ...WHOLE, details: { seen: ['v1.4.0-beta.1', 'v1.4.0-alpha.1'] } },
      'had no release candidate',
      'v1.4.0-beta.1, v1.4.0-alpha.1',
      'Tag a release candidate first.',
    ],
  ],
  'image-mismatch': [
    [
      {
        ...IN_PROD,
        details: {
          image: 'acme/api',
          of: 'backend#api',
          compared: 'digest',
          runs: 'sha256:ea8e92173567',
          expected: 'sha256:158170dc450a',
          sameTag: null,
        },
      },
      'runs another image',
      'ea8e921 ≠ 158170d',
      'Deploy it as released, or publish what it runs.',
    ],
    [
      {
        ...IN_PROD,
        details: {
          image: 'acme/api',
          of: 'backend#api',
          compared: 'tag',
          runs: '1.3.0',
          expected: '1.4.0',
          sameTag: '1.4.0',
        },
      },
      'runs another digest of 1.4.0',
      '1.3.0 ≠ 1.4.0',
      'Deploy it as released, or publish what it runs.',
    ],
  ],
  'not-ready': [
    [{ ...IN_PROD, details: ROLL_OUT }, '1 of 3 ready', '', 'Look at its roll-out, then publish it again.'],
    [
      { ...IN_PROD, details: { ...ROLL_OUT, waitsFor: 'update' } },
      '1 of 3 ready',
      '2 of 3 updated',
      'Look at its roll-out, then publish it again.',
    ],
    [
      { ...IN_PROD, details: { ...ROLL_OUT, waitsFor: 'observation' } },
      '1 of 3 ready',
      'not observed yet',
      'Look at its roll-out, then publish it again.',
    ],
    [
      { ...IN_PROD, details: { ...ROLL_OUT, ready: 3, waitsFor: 'availability' } },
      'roll-out not finished, 1 of 3 available',
      '',
      'Look at its roll-out, then publish it again.',
    ],
  ],
  'readiness-unknown': [
    [{ ...IN_PROD, details: { ready: 2 } }, 'readiness unknown', '2 ready', 'Publish replicas with the fragment.'],
  ],
  'scaled-to-zero': [[{ ...IN_PROD, details: {} }, 'is scaled to zero', '', 'Scale it up, or waive it.']],
  'environment-split': [
    [
      { details: images('acme/api:1.4.0', 'acme/api:1.3.0', 'acme/api:1.3.0') },
      'runs different images',
      'qa 1.4.0, prod 1.3.0 and 1 more',
      'Deploy the same image everywhere.',
    ],
    [
      { details: images(`acme/api:1@sha256:${SHA}${SHA.slice(16)}`, `acme/api:1@sha256:${OTHER}${OTHER.slice(16)}`) },
      'runs different images',
      'qa ea8e921, prod 158170d',
      'Deploy the same image everywhere.',
    ],
  ],
  'partial-environment': [
    [
      { ...WHOLE, ...IN_PROD, details: { running: ['k8s#a'], absent: ['k8s#b'], arriving: true } },
      'is only partly deployed yet',
      'without b',
      'Deploy the rest, or look into its pipeline.',
    ],
  ],
  'environment-inversion': [
    [
      { ...IN_PROD, details: { earlier: [{ environment: 'preprod', value: 'v1.3.0-rc.2' }] } },
      'is ahead of preprod',
      'preprod v1.3.0-rc.2',
      'Deploy it to the earlier environments first.',
    ],
  ],
  'schema-policy-missing': [
    [
      { details: { policy: 'NONE' } },
      'has the evolution policy NONE',
      '',
      'Set it in the schema registry, and publish it.',
    ],
  ],
  'schema-policy-weakened': [
    [
      { details: { policy: 'BACKWARD', before: 'FULL', previousStable: 'v1.3.0' } },
      'weakened its evolution policy',
      'FULL → BACKWARD',
      'Take it back, or agree it with the consumers.',
    ],
  ],
  'schema-breaking': [
    [
      { details: { version: '4.0.0', before: '3.4.1', policy: 'BACKWARD', previousStable: 'v1.3.0' } },
      'new major version under BACKWARD',
      '3.4.1 → 4.0.0',
      'Make it compatible, or a new subject.',
    ],
  ],
  'chart-app-mismatch': [
    [
      { details: { appVersion: '1.3.0', of: 'backend#web', version: '1.4.0' } },
      'deploys another web',
      '1.3.0 ≠ 1.4.0',
      'Release it with the appVersion of this release.',
    ],
  ],
  'near-duplicate-name': [
    [
      { details: { components: ['backend#api', 'backend#a-pi'] } },
      'api and a-pi look like one component',
      '',
      'Publish under one name, and delete the other.',
    ],
    [
      { details: { renamed: { from: 'backend#api', to: 'backend#API' } } },
      'is now called API',
      '',
      'Keep the new name, or go back to the old one.',
    ],
    [
      { ...WHOLE, details: { spellings: ['v1.4.0', '1.4.0'] } },
      'is also written "1.4.0"',
      '',
      'Publish under one spelling, and delete the other.',
    ],
  ],
  'withdrawn-release': [
    [
      { ...WHOLE, details: { reason: 'Deletes drafts', by: 'ada', date: '2026-11-20' } },
      'is withdrawn',
      '2026-11-20, ada',
      'Use another, and roll back where it runs.',
    ],
  ],
  frozen: [
    [
      { ...WHOLE, ...IN_PROD, details: { reason: 'Sales', from: '2026-11-20', to: '2026-12-01' } },
      'prod is frozen until 2026-12-01',
      'from 2026-11-20',
      'Roll out when it is over, or waive it.',
    ],
  ],
  'evidence-missing': [
    [
      { ...WHOLE, details: { ...EVIDENCE, byPerson: true, minimum: 2, have: 1, arriving: false } },
      'lacks the sign-off e2e (1 of 2)',
      '',
      'Have it signed: release-matrix sign.',
    ],
    [
      { details: { ...EVIDENCE, of: 'backend#api', arriving: false } },
      'lacks the evidence e2e',
      '',
      'Run it, and record it: release-matrix attest.',
    ],
  ],
  'evidence-failed': [
    [
      {
        ...WHOLE,
        details: {
          ...EVIDENCE,
          failures: [{ ...FAILURE, counts: { tests: 120, failures: 3, errors: 0, skipped: 0 } }],
        },
      },
      'failed e2e',
      '3 of 120 tests failed',
      'Fix what failed, and run it again.',
    ],
    [
      { ...WHOLE, details: { ...EVIDENCE, failures: [{ ...FAILURE, by: 'ada', note: 'Slow' }] } },
      'ada rejects v1.4.0 (e2e)',
      'Slow',
      'Fix it, and have the same person sign again.',
    ],
  ],
  'evidence-stale': [
    [
      {
        ...WHOLE,
        details: {
          ...EVIDENCE,
          release: 'v1.4.0',
          by: null,
          at: '2026-11-20',
          differences: [
            { component: 'backend#a', was: { kind: 'commit', text: SHA }, is: { kind: 'commit', text: OTHER } },
            { component: 'backend#b', was: null, is: { kind: 'version', text: '1' } },
            { component: 'backend#c', was: { kind: 'version', text: '1' }, is: null },
          ],
        },
      },
      'has changed since e2e',
      'a ea8e921 → 158170d, b came and 1 more',
      'Run the check again, of what is there now.',
    ],
  ],
  'future-date': [
    [
      { details: { date: '2026-12-01T12:00:00Z', minutesAhead: 180 } },
      'is dated 3 hours in the future',
      '2026-12-01T12:00:00Z',
      'Set the clock of what publishes it, or its date.',
    ],
  ],
  'waiver-expired': [
    [
      { details: { waived: 'not-ready', reason: 'Full', by: 'ops', expires: '2026-11-01' } },
      'the waiver of not-ready has expired',
      'ended 2026-11-01',
      'Fix the finding, or renew the waiver.',
    ],
  ],
};

const LINES = Object.entries(CASES).flatMap(([code, cases]) =>
  cases.map(([of, ...line]): [Finding, ...Line] => [
    {
      release: 'v1.4.0',
      component: 'backend#api',
      environment: null,
      severity: 'error',
      waived: null,
      ...of,
      code,
    } as Finding,
    ...line,
  ]),
);

test.each(LINES)('$code: %2$s', (finding, ...line) => {
  const { what, fact, whatToDo } = lineWords(finding);
  expect([what, fact, whatToDo]).toEqual(line);
});

import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../src/release/finding/finding.ts';
import { FINDING_CODES, SEVERITY_BY_STAGE, type SeveritySetting } from '../../src/release/finding/severity.ts';
import { type Asked, said } from './checks/said.ts';
import { item } from './items.ts';

/** What each finding weighs in an alpha, a beta, a release candidate and a stable release. */
const TABLE = `
  missing-component        info     warning  error    error
  partial-release          info     info     warning  warning
  unexpected-component     info     info     info     warning
  invalid-fragment         warning  warning  error    error
  invalid-version          info     info     info     info
  immature-version         off      info     warning  error
  version-regressed        warning  warning  error    error
  version-mismatch         warning  warning  error    error
  sibling-commit-mismatch  info     warning  error    error
  rebuilt-after-rc         off      off      off      warning
  stage-skipped            off      off      off      warning
  image-mismatch           warning  warning  error    error
  not-ready                warning  warning  error    error
  readiness-unknown        info     info     warning  warning
  scaled-to-zero           info     info     warning  warning
  environment-split        warning  warning  error    error
  partial-environment      info     warning  error    error
  environment-inversion    info     info     warning  warning
  schema-policy-missing    info     warning  warning  error
  schema-policy-weakened   info     warning  error    error
  schema-breaking          warning  warning  error    error
  chart-app-mismatch       info     warning  warning  error
  near-duplicate-name      warning  warning  warning  warning
  withdrawn-release        error    error    error    error
  frozen                   error    error    error    error
  evidence-missing         info     warning  error    error
  evidence-failed          info     warning  error    error
  evidence-stale           info     warning  error    error
  future-date              warning  warning  warning  warning
  waiver-expired           warning  warning  warning  warning
`;

test('every code at every stage weighs as documented', () => {
  const lines = FINDING_CODES.map((code) => {
    const { alpha, beta, rc, stable } = SEVERITY_BY_STAGE[code];
    return [code, alpha, beta, rc, stable].join(' ');
  });
  expect(lines).toEqual(
    TABLE.trim()
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' ')),
  );
});

describe('the policy says otherwise', () => {
  const weigh = (severities: Record<string, unknown>, asked: Asked = {}): SeveritySetting | undefined => {
    const release = asked.release ?? 'v1.4.0';
    const findings = said('scaled-to-zero', [item(release, 'k8s#api', { replicas: 0 })], {
      ...asked,
      policy: { severities },
    });
    return findings.length === 0 ? 'off' : findings[0]?.[0];
  };
  const of = (weight: unknown, code: FindingCode = 'scaled-to-zero') => ({ [code]: weight });

  test.each<[name: string, severities: Record<string, unknown>, expected: SeveritySetting, asked?: Asked]>([
    ['nothing', {}, 'warning'],
    ['of another code', of('error', 'not-ready'), 'warning'],
    ['one word for all stages', of('error'), 'error'],
    ['one word for all stages, in an alpha', of('error'), 'error', { release: 'v1.4.0-alpha.1' }],
    ['off', of('off'), 'off'],
    ['less', of('info'), 'info'],
    ['of its stage', of({ stable: 'error' }), 'error'],
    ['of another stage', of({ rc: 'error' }), 'warning'],
    ['of another stage, and evaluated as that', of({ rc: 'error' }), 'error', { as: 'rc' }],
    ['of its stage, and evaluated as another', of({ stable: 'error' }), 'info', { as: 'alpha' }],
    ['of no policy, a word that is no pre-release: as a stable', {}, 'warning', { release: 'v1.4.0-hotfix.1' }],
    ['of no policy, another pre-release word: as an alpha', {}, 'info', { release: 'v1.4.0-next.1' }],
    ['of other words', of({ other: 'error' }), 'error', { release: 'v1.4.0-next.1' }],
    [
      'of other words, and of what they weigh as',
      of({ other: 'info', stable: 'error' }),
      'info',
      { release: 'v1.4.0-p1' },
    ],
    ['of what another word weighs as', of({ alpha: 'error' }), 'error', { release: 'v1.4.0-next.1' }],
    ['of what another word does not weigh as', of({ alpha: 'error' }), 'warning', { release: 'v1.4.0-p1' }],
    ['nothing of any stage', of({}), 'warning'],
  ])('%s', (_, severities, expected, asked) => expect(weigh(severities, asked)).toBe(expected));
});

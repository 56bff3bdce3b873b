import { expect, test } from 'vitest';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { gateRelease } from '../../src/release/report/gate.ts';
import { CASES } from './cases.ts';
import { policyOf } from './items.ts';

test.each(CASES)('$name', ({ release, now, items, policy: document, as, notYet, expect: expected }) => {
  const policy = policyOf(document);
  const { fragments, rejected } = readItems(items, DOCUMENTED_KEYS, policy.environments);
  const input = { fragments, rejected, readAt: now, policy, digest: '' };
  const { said } = gateRelease(input, release, as ?? null, new Set(notYet));
  const findings = said.findings.map(({ code, severity, component, environment }) => ({
    code,
    severity,
    component,
    environment,
  }));
  const byText = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
  expect(byText(findings)).toEqual(byText(expected.findings));
  expect([said.verdict, said.unknown]).toEqual([expected.verdict, expected.unknown ?? []]);
  if (expected.completeness) expect(said.completeness).toEqual(expected.completeness);
});

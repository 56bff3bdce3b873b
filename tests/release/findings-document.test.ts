import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/release/finding/finding.ts';
import { FINDING_CODES, SEVERITY_BY_STAGE } from '../../src/release/finding/severity.ts';
import type { Item } from '../../src/release/item/item.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { reportOf } from './checks/said.ts';

// docs/findings.md explains every code. What it shows is run here, so that it stays true.

const TEXT = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8');
const [INTRODUCTION = '', ...SECTIONS] = TEXT.split(/^(?=## (?:frozen|[a-z]+(?:-[a-z]+)+)$)/m);

/** The JSON blocks of a text. */
const blocks = (text: string): unknown[] =>
  [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json ?? ''));
const codeOf = (section: string) => section.slice('## '.length, section.indexOf('\n'));

test('each code has exactly one section, in the order of the code', () => {
  expect(SECTIONS.map(codeOf)).toEqual(FINDING_CODES);
});

test('the severities are those of the code', () => {
  const rows = [...INTRODUCTION.matchAll(/^\| `([a-z-]+)` \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$/gm)];
  expect(rows.map((row) => row.slice(1))).toEqual(
    FINDING_CODES.map((code) => {
      const { alpha, beta, rc, stable } = SEVERITY_BY_STAGE[code];
      return [code, alpha, beta, rc, stable];
    }),
  );
});

test('the example of a policy is one', () => {
  const [document] = blocks(INTRODUCTION);
  expect(readPolicy(document)).toMatchObject({
    policy: {
      graceMinutes: 90,
      patchesCarry: true,
      roster: { length: 6 },
      waivers: [{ code: 'not-ready', environment: 'staging' }],
    },
  });
});

describe.each(SECTIONS.map((section) => [codeOf(section), section] as const))('%s', (code, section) => {
  const [example, waiver, ...more] = blocks(section) as [Item | Item[], Item, ...unknown[]];
  const { environment, items, policy } = (Array.isArray(example) ? { items: example, policy: {} } : example) as {
    environment?: string;
    items: Item[];
    policy: { waivers?: Item[] };
  };
  const said = (waivers: readonly Item[]): Finding[] =>
    reportOf(items, { environment, policy: { ...policy, waivers: [...(policy.waivers ?? []), ...waivers] } })
      .rows.flatMap(({ findings }) => findings)
      .filter((finding) => finding.code === code);

  test('says what it means, how to fix it and how to waive it', () => {
    expect(section).toMatch(/^## .*\n\n[A-Z].{40}/);
    expect(section.match(/^\*\*(Fix|Waive)\*\* it/gm)).toEqual(['**Fix** it', '**Waive** it']);
    expect(more).toEqual([]);
  });

  test('its example shows it, and its waiver waives that', () => {
    const found = said([]);
    expect(found).not.toEqual([]);
    expect(found.filter(({ waived }) => waived !== null)).toEqual([]);
    expect(said([waiver])).toEqual(
      found.map((finding) => ({
        ...finding,
        waived: { reason: waiver.reason, by: waiver.by, expires: waiver.expires, soon: expect.any(Boolean) },
      })),
    );
  });
});

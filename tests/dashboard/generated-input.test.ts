// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { fragmentInput, itemOfInput, readFragmentInput } from '../../src/release/item/fragment-input.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { rawAttributes } from '../store/raw-items.ts';
import { onScreen } from './wire-to-screen.ts';

/** Of each kind; `npm run robustness` makes ten thousand. */
const GENERATED = Number(process.env.GENERATED ?? 1_000);
// Ten thousand of them take a busy machine a minute.
vi.setConfig({ testTimeout: 20_000 + GENERATED * 10 });
/** Items of one table: so many are judged together. */
const TOGETHER = 20;

const HEALTHY = [
  '{"version":{"S":"v1.0.0"},"component#name":{"S":"backend#healthy"},"commit":{"S":"9f3c2ab"}}',
  '{"version":{"S":"v1.1.0"},"component#name":{"S":"k8s#prod-deployment/healthy"},"replicas":{"N":"2"}}',
];

/** Keys that collide with each other and with the healthy ones now and then, and keys that are none. */
const keys = fc.record({
  version: fc.oneof(
    fc.constantFrom('v1.0.0', 'v1.1.0', 'v2.0.0-rc.1', 'main', '__proto__', ' '),
    fc.string({ unit: 'binary' }),
  ),
  component: fc.oneof(
    fc.constantFrom('backend#a', 'k8s#prod-deployment/a', 'k8s#qa-deployment/a', 'infra#a', '__proto__#a', 'x#'),
    fc.string({ unit: 'binary' }).map((name) => `backend#${name}`),
    fc.string(),
  ),
});

/** Values of the attributes that something is read from: right, nearly right, and wrong. */
const known = fc.constantFrom(
  '"date":{"S":"2026-11-22T11:00:00Z"}',
  '"date":{"N":"0"}',
  '"date":{"S":"9999-12-31"}',
  '"replicas":{"N":"3"},"readyReplicas":{"N":"1"}',
  '"replicas":{"N":"1e125"}',
  '"imageRef":{"S":"ghcr.io/acme/a:1.2.3"}',
  '"imageRef":{"S":"::::@@@"}',
  '"repo":{"S":"acme/a"},"commit":{"S":"9f3c2ab"}',
  '"commit":{"S":"9f3c2ac"},"repo":{"S":"acme/a"}',
  '"evolutionPolicy":{"S":"NONE"},"schemaVersion":{"S":"2"}',
  '"componentVersion":{"S":"=1+1"}',
  '"environments":{"L":[{"S":"prod"},{"S":"qa"}]}',
  '"links":{"M":{"__proto__":{"S":"javascript:alert(1)"}}}',
  '"changelog":{"L":[]}',
);

const wireItem = fc.oneof(
  { arbitrary: rawAttributes, weight: 2 },
  {
    arbitrary: fc
      .tuple(keys, fc.array(known, { maxLength: 4 }), rawAttributes)
      .map(([{ version, component }, fields, rest]) => {
        const inner = [
          `"version":{"S":${JSON.stringify(version)}}`,
          `"component#name":{"S":${JSON.stringify(component)}}`,
          ...fields,
          ...(rest === '{}' ? [] : [rest.slice(1, -1)]),
        ];
        return `{${inner.join()}}`;
      }),
    weight: 8,
  },
  { arbitrary: fc.constantFrom('null', '[]', '7', '"text"'), weight: 1 },
);

/** Own items of the program are no part of a release; everything else is. */
const isOwn = (wire: string): boolean => {
  const item: unknown = JSON.parse(wire);
  const release: unknown = Object.getOwnPropertyDescriptor(Object(item), 'version')?.value;
  return /^\{"S":"(release-matrix:|policy")/.test(JSON.stringify(release) ?? '');
};

test(`G1: ${GENERATED} items of the wire, taken to the screen and into files: none crashes, hides another or is hidden`, () => {
  let made = 0;
  let fragments = 0;
  fc.assert(
    fc.property(fc.array(wireItem, { minLength: TOGETHER, maxLength: TOGETHER }), (wire) => {
      const odd = wire.filter((text) => !isOwn(text));
      const seen = onScreen([...HEALTHY, ...odd]);
      expect(seen.fragments.length + seen.rejected.length).toBe(HEALTHY.length + odd.length);
      expect(seen.cells.get('v1.0.0 backend#healthy')).toBeDefined();
      expect(seen.cells.get('v1.1.0 k8s#healthy')).toBeDefined();
      for (const { release, component } of seen.fragments) expect(seen.cells.has(`${release} ${component}`)).toBe(true);
      expect(seen.rejected.every(({ reason }) => reason !== '')).toBe(true);
      made += wire.length;
      fragments += seen.fragments.length - HEALTHY.length;
    }),
    { numRuns: Math.ceil(GENERATED / TOGETHER) },
  );
  expect(made).toBeGreaterThanOrEqual(GENERATED);
  // Else most would only have been turned away at the door.
  expect(fragments).toBeGreaterThan(made / 3);
});

const near = fc.record(
  {
    environments: fc.oneof(
      fc.jsonValue(),
      fc.record({ order: fc.array(fc.string()), aliases: fc.dictionary(fc.string(), fc.string()) }),
    ),
    graceMinutes: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
    roster: fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            component: fc.oneof(fc.string(), fc.constantFrom('backend#*', '*', '**#(', 'k8s#healthy')),
            expectation: fc.constantFrom('required', 'ignored', 'carried', 'x'),
          },
          { requiredKeys: ['component'] },
        ),
      ),
    ),
    severities: fc.dictionary(
      fc.oneof(fc.constantFrom(...FINDING_CODES), fc.string()),
      fc.constantFrom('error', 'off', 'info', 'x'),
    ),
    waivers: fc.array(
      fc.record(
        {
          code: fc.constantFrom(...FINDING_CODES, 'x'),
          release: fc.oneof(fc.constantFrom('*', '>=1', 'v1.0.0', '>>1'), fc.string()),
          component: fc.string(),
          reason: fc.string(),
          by: fc.string(),
          expires: fc.oneof(fc.constantFrom('2026-12-01', '9999-99-99', 'never'), fc.string()),
        },
        { requiredKeys: [] },
      ),
    ),
    links: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

/** Taken, whatever it says of the components: of nearly right ones seven in a thousand are. */
const right = fc.record(
  {
    environments: fc.record({
      order: fc.uniqueArray(fc.constantFrom('dev', 'qa', 'staging', 'prod'), { minLength: 1 }),
    }),
    graceMinutes: fc.integer({ min: 0, max: 600 }),
    roster: fc.array(
      fc.record({
        component: fc.constantFrom('backend#*', '*', 'k8s#healthy', '*#a'),
        expectation: fc.constantFrom('required', 'ignored', 'carried'),
      }),
      { maxLength: 3 },
    ),
    severities: fc.dictionary(fc.constantFrom(...FINDING_CODES), fc.constantFrom('error', 'warning', 'info', 'off'), {
      noNullPrototype: true,
    }),
  },
  { requiredKeys: [] },
);

test(`G2: ${GENERATED} policies, each taken or refused with a reason, and nothing hidden by it`, () => {
  const policies = fc.oneof({ arbitrary: right, weight: 4 }, { arbitrary: near, weight: 5 }, fc.jsonValue());
  let taken = 0;
  fc.assert(
    fc.property(policies, (document) => {
      const reading = readPolicy(document);
      if ('faults' in reading) {
        expect(reading.faults.length).toBeGreaterThan(0);
        for (const { reason } of reading.faults) expect(reason).not.toBe('');
        return;
      }
      taken += 1;
      const seen = onScreen(HEALTHY, reading.policy);
      const byDefault = onScreen(HEALTHY, DEFAULT_POLICY);
      expect(seen.fragments.map(({ id }) => id)).toEqual(byDefault.fragments.map(({ id }) => id));
    }),
    { numRuns: GENERATED },
  );
  expect(taken).toBeGreaterThan(GENERATED / 20);
});

describe('what is handed in for publishing', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }));
  const named = {
    release: fc.constantFrom('v1.0.0', 'v1.0.0-rc10'),
    component: fc.constantFrom('api', 'web.app', 'Zahlung'),
    commit: fc.constantFrom('9f3c2ab', '9f3c2ab4d1e07c55aa0192837465fedcba987654'),
  };
  /** Right in what must be given; what else it says may be anything. Without these, one in a thousand is taken. */
  const right = fc
    .tuple(
      fc.oneof(
        fc.record(
          { ...named, type: fc.constantFrom('backend', 'kafka') },
          { requiredKeys: ['release', 'type', 'component'] },
        ),
        fc.record({
          ...named,
          type: fc.constant('k8s'),
          kind: fc.constantFrom('deployment', 'pod'),
          environment: fc.constantFrom('prod', 'qa'),
        }),
      ),
      fc.dictionary(fc.constantFrom('changelog', 'author', 'x'), value, { maxKeys: 1 }),
    )
    .map(([keys, rest]) => ({ ...rest, ...keys }));
  const draft = fc
    .tuple(
      fc.record(
        {
          release: fc.oneof(fc.constantFrom('v1.0.0', 'v1.0.0-rc10', 'main'), value),
          type: fc.oneof(fc.constantFrom('backend', 'k8s', 'kafka'), value),
          component: fc.oneof(fc.constantFrom('api', 'a/b', '../x', 'x#y'), value),
          kind: fc.constantFrom('deployment', 'pod'),
          environment: fc.oneof(fc.constantFrom('prod', 'a b'), value),
        },
        { requiredKeys: ['release', 'type', 'component'] },
      ),
      fc.dictionary(fc.constantFrom(...Object.keys(fragmentInput.shape), '__proto__', 'constructor', 'x'), value, {
        maxKeys: 4,
      }),
    )
    .map(([keys, rest]) => ({ ...rest, ...keys }));

  test(`G3: ${GENERATED} drafts, each refused with reasons, or an item that reads back as a fragment`, () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof({ arbitrary: right, weight: 4 }, { arbitrary: draft, weight: 5 }, value),
        fc.boolean(),
        (given, anyRelease) => {
          const reading = readFragmentInput(given, { anyRelease });
          if ('faults' in reading) {
            expect(reading.faults.length).toBeGreaterThan(0);
            return;
          }
          taken += 1;
          const item = itemOfInput(reading.input, DOCUMENTED_KEYS);
          expect(JSON.parse(JSON.stringify(item))).toEqual(item);
          const { release, component } = reading.input;
          expect([release.trim(), component.includes('#')]).toEqual([release, false]);
        },
      ),
      { numRuns: GENERATED },
    );
    expect(taken).toBeGreaterThan(GENERATED / 20);
  });
});

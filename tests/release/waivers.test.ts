import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/release/finding/finding.ts';
import type { Item } from '../../src/release/item/item.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

// api is not ready in prod and qa, web is not ready in prod, in each release.
const notReady = (release: string, key: string): Item => item(release, `k8s#${key}`, { replicas: 2, readyReplicas: 1 });
const RELEASES = ['v1.5.0', 'v1.5.0-rc.1', 'v1.4.0+build.5', 'v1.4.0', 'v1.4.0-rc.1', '2026.08.1', 'main'];
const ITEMS: Item[] = RELEASES.flatMap((release) =>
  ['prod-deployment/api', 'qa-deployment/api', 'prod-deployment/web'].map((key) => notReady(release, key)),
);

const waiver = (more: Item = {}): Item => ({
  code: 'not-ready',
  release: 'v1.4.0',
  reason: 'load test',
  by: 'rm@acme.example',
  expires: '2027-01-31',
  ...more,
});

/** `not-ready api prod waived` of each finding of a release, without the codes that do not matter here. */
function findings(waivers: readonly Item[], release = 'v1.4.0', asked: Asked = {}): string[] {
  const report = reportOf(ITEMS, { ...asked, policy: { waivers } });
  const row = report.rows.find(({ release: { tag } }) => tag === release);
  return (row?.findings ?? [])
    .filter(({ code }) => code === 'not-ready' || code === 'waiver-expired')
    .map(({ code, component, environment, waived }) =>
      [code, component?.slice('k8s#'.length), environment, ...(waived === null ? [] : ['waived'])].join(' '),
    );
}

const OPEN = ['not-ready api prod', 'not-ready api qa', 'not-ready web prod'];
const ALL = OPEN.map((finding) => `${finding} waived`);

describe('what a waiver meets', () => {
  test.each<[name: string, waivers: Item[], expected: string[], release?: string]>([
    ['no waiver', [], OPEN],
    ['its code and release', [waiver()], ALL],
    ['another code', [waiver({ code: 'missing-component' })], OPEN],
    ['another tag', [waiver({ release: 'v1.4.1' })], OPEN],
    [
      'a component',
      [waiver({ component: 'k8s#api' })],
      ['not-ready api prod waived', 'not-ready api qa waived', 'not-ready web prod'],
    ],
    [
      'a glob',
      [waiver({ component: 'k8s#w*' })],
      ['not-ready api prod', 'not-ready api qa', 'not-ready web prod waived'],
    ],
    ['a glob over all', [waiver({ component: '*' })], ALL],
    ['a glob of another type', [waiver({ component: 'backend#*' })], OPEN],
    [
      'an environment',
      [waiver({ environment: 'prod' })],
      ['not-ready api prod waived', 'not-ready api qa', 'not-ready web prod waived'],
    ],
    [
      'an environment by its other name',
      [waiver({ environment: 'Production' })],
      ['not-ready api prod waived', 'not-ready api qa', 'not-ready web prod waived'],
    ],
    [
      'component and environment',
      [waiver({ component: 'k8s#api', environment: 'qa' })],
      ['not-ready api prod', 'not-ready api qa waived', 'not-ready web prod'],
    ],
    [
      'several, each for its own',
      [waiver({ component: 'k8s#web' }), waiver({ environment: 'qa' })],
      ['not-ready api prod', 'not-ready api qa waived', 'not-ready web prod waived'],
    ],
    ['a range', [waiver({ release: '>=1.4 <2' })], ALL],
    ['a range, in its other release', [waiver({ release: '>=1.4 <2' })], ALL, 'v1.5.0'],
    ['a range is asked of the line: it holds pre-releases', [waiver({ release: '>=1.4' })], ALL, 'v1.4.0-rc.1'],
    ['of its lower end too', [waiver({ release: '>=1.4.0 <1.5.0' })], ALL, 'v1.4.0-rc.1'],
    ['not of its upper end', [waiver({ release: '>=1.4.0 <1.5.0' })], OPEN, 'v1.5.0-rc.1'],
    ['a range from a candidate on', [waiver({ release: '>=1.4.0-rc.2' })], OPEN, 'v1.4.0-rc.1'],
    ['a range of part of a version', [waiver({ release: '1.4' })], ALL, 'v1.4.0-rc.1'],
    ['a range that ends below', [waiver({ release: '<1.4.0' })], OPEN],
    ['a tag is itself, not its pre-releases', [waiver()], OPEN, 'v1.4.0-rc.1'],
    ['nor its builds', [waiver()], OPEN, 'v1.4.0+build.5'],
    ['a tag of a build is that build', [waiver({ release: 'v1.4.0+build.5' })], OPEN],
    ['a tag with or without v', [waiver({ release: '1.4.0' })], ALL],
    ['rc1 is rc.1', [waiver({ release: 'v1.4.0-rc1' })], ALL, 'v1.4.0-rc.1'],
    ['a calendar version', [waiver({ release: '2026.08.1' })], ALL, '2026.08.1'],
    ['a calendar version, spelt otherwise', [waiver({ release: '2026.8.1' })], ALL, '2026.08.1'],
    ['a range holds calendar versions', [waiver({ release: '>=2026' })], ALL, '2026.08.1'],
    ['a tag without number order', [waiver({ release: 'main' })], ALL, 'main'],
    ['no range holds it', [waiver({ release: '*' })], OPEN, 'main'],
  ])('%s', (_, waivers, expected, release) => expect(findings(waivers, release)).toEqual(expected));
});

describe('a finding of no component or environment', () => {
  const split = (waivers: readonly Item[]): (Finding['waived'] | undefined)[] => {
    const items = ['v1.4.0', 'v1.4.0-beta.1'].map((release) => item(release, 'backend#api'));
    const { rows } = reportOf(items, { policy: { waivers } });
    return (rows[0]?.findings ?? []).filter(({ code }) => code === 'stage-skipped').map(({ waived }) => waived);
  };
  const held = { reason: 'load test', by: 'rm@acme.example', expires: '2027-01-31', soon: false };

  test.each<[name: string, more: Item, expected: Finding['waived']]>([
    ['no component asked for', {}, held],
    ['any component', { component: '*' }, held],
    ['a glob that is not any', { component: 'backend#*' }, null],
    ['an environment', { environment: 'prod' }, null],
  ])('%s', (_, more, expected) => {
    expect(split([waiver({ code: 'stage-skipped', ...more })])).toEqual([expected]);
  });
});

describe('when a waiver ends', () => {
  test.each<[name: string, expires: string, now: string, expected: 'waived' | 'soon' | 'expired']>([
    ['long before', '2027-01-31', '2026-11-20T12:00:00Z', 'waived'],
    ['on its last day', '2026-11-20', '2026-11-20T00:00:00Z', 'soon'],
    ['at the end of its last day, UTC', '2026-11-20', '2026-11-20T23:59:59.999Z', 'soon'],
    ['a millisecond later', '2026-11-20', '2026-11-21T00:00:00.000Z', 'expired'],
    ['at its time', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00.000Z', 'soon'],
    ['just after its time', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00.001Z', 'expired'],
    ['at its time, by its zone', '2026-11-20T12:00:00+02:00', '2026-11-20T10:00:00.001Z', 'expired'],
    ['seven days before', '2026-11-27T12:00:00Z', '2026-11-20T12:00:00.000Z', 'soon'],
    ['a millisecond more than seven days before', '2026-11-27T12:00:00Z', '2026-11-20T11:59:59.999Z', 'waived'],
  ])('%s', (_, expires, now, expected) => {
    const report = reportOf(ITEMS, { now, policy: { waivers: [waiver({ expires, component: 'k8s#web' })] } });
    const row = report.rows.find(({ release }) => release.tag === 'v1.4.0');
    const web = (row?.findings ?? []).filter(
      ({ component, code }) => component === 'k8s#web' && code !== 'readiness-unknown',
    );
    const at = { release: 'v1.4.0', component: 'k8s#web', environment: 'prod' };
    const reason = { reason: 'load test', by: 'rm@acme.example', expires };
    const waived = expected === 'expired' ? null : { ...reason, soon: expected === 'soon' };
    const open: unknown = {
      ...at,
      code: 'not-ready',
      severity: 'error',
      details: { desired: 2, ready: 1, waitsFor: 'readiness', updated: null, available: null },
      waived,
    };
    const said: unknown = {
      ...at,
      code: 'waiver-expired',
      severity: 'warning',
      details: { waived: 'not-ready', ...reason },
      waived: null,
    };
    expect(web).toEqual(expected === 'expired' ? [open, said] : [open]);
    expect(row?.verdict.waiversEndingSoon).toEqual(expected === 'soon' ? [{ ...reason, soon: true }] : []);
  });
});

describe('several waivers for one finding', () => {
  const only = { component: 'k8s#web' };
  const of = (...ends: string[]) =>
    findings(ends.map((expires) => waiver({ ...only, expires }))).filter((finding) => finding.includes(' web '));

  test.each<[name: string, ends: string[], expected: string[]]>([
    ['one holds', ['2026-11-01', '2027-01-31'], ['not-ready web prod waived']],
    ['the same, written the other way round', ['2027-01-31', '2026-11-01'], ['not-ready web prod waived']],
    ['all have expired: said once', ['2026-11-01', '2026-10-01'], ['not-ready web prod', 'waiver-expired web prod']],
  ])('%s', (_, ends, expected) => expect(of(...ends)).toEqual(expected));

  test('the one that ended last is named', () => {
    const waivers = ['2026-10-01', '2026-11-01', '2026-09-01'].map((expires) => waiver({ ...only, expires }));
    const { rows } = reportOf(ITEMS, { policy: { waivers } });
    const said = rows
      .flatMap((row) => row.findings)
      .flatMap((of) => (of.code === 'waiver-expired' ? [of.details.expires] : []));
    expect(said).toEqual(['2026-11-01']);
  });
});

describe('an expired waiver', () => {
  const expired = waiver({ component: 'k8s#web', expires: '2026-11-01' });
  const weighs = (document: Item) => {
    const { rows } = reportOf(ITEMS, { policy: document });
    return rows
      .flatMap((row) => row.findings)
      .filter(({ code }) => code === 'waiver-expired')
      .map(({ severity, waived }) => [severity, waived !== null]);
  };

  test.each<[name: string, document: Item, expected: [severity: string, waived: boolean][]]>([
    ['warns', { waivers: [expired] }, [['warning', false]]],
    ['can weigh more', { waivers: [expired], severities: { 'waiver-expired': 'error' } }, [['error', false]]],
    ['can be off', { waivers: [expired], severities: { 'waiver-expired': { stable: 'off' } } }, []],
    ['says nothing where its finding is off', { waivers: [expired], severities: { 'not-ready': 'off' } }, []],
    ['meets nothing, says nothing', { waivers: [{ ...expired, component: 'k8s#other' }] }, []],
    ['can be waived itself', { waivers: [expired, waiver({ code: 'waiver-expired' })] }, [['warning', true]]],
    [
      'cannot be waived by what has expired',
      { waivers: [expired, waiver({ code: 'waiver-expired', expires: '2026-11-02' })] },
      [['warning', false]],
    ],
  ])('%s', (_, document, expected) => expect(weighs(document)).toEqual(expected));
});

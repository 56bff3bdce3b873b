import { describe, expect, test } from 'vitest';
import {
  judge,
  REQUEST_CHECKS,
  type Refusal,
  type RequestDescription,
  UPGRADE_CHECKS,
} from '../../src/devserver/guard.ts';
import { OTHER_HEADS } from '../attacks/proxy-heads.ts';

const GOOD: RequestDescription = {
  peer: '127.0.0.1',
  port: 5179,
  version: '1.1',
  method: 'POST',
  target: '/__release-matrix/credentials',
  headers: [
    ['host', '127.0.0.1:5179'],
    ['origin', 'http://127.0.0.1:5179'],
    ['sec-fetch-site', 'same-origin'],
  ],
};
const withHeader = (name: string, value: string): RequestDescription => ({
  ...GOOD,
  headers: [...GOOD.headers.filter(([known]) => known !== name), [name, value]],
});

/** For each check a request that it alone refuses: a guard without it lets the request pass. */
const ALONE = {
  peerIsLoopback: [{ ...GOOD, peer: '192.168.1.7' }, 403],
  headersAreFew: [
    { ...GOOD, headers: [...GOOD.headers, ...Array.from({ length: 61 }, () => ['x', 'y'] as const)] },
    431,
  ],
  hostIsExact: [withHeader('host', 'evil.com:5179'), 421],
  targetIsPlain: [{ ...GOOD, target: '//evil.com/' }, 400],
  methodIsKnown: [{ ...GOOD, method: 'PUT' }, 405],
  isNoServiceWorker: [withHeader('service-worker', 'script'), 403],
  versionIsBrowsers: [{ ...GOOD, version: '1.0' }, 505],
  isNotForwarded: [withHeader('via', '1.1 x'), 403],
  originIsOwn: [withHeader('origin', 'http://127.0.0.1:3000'), 403],
  fetchSiteIsOwn: [withHeader('sec-fetch-site', 'same-site'), 403],
  isNotOpenInEditor: [{ ...GOOD, target: '/__open-in-editor?file=x' }, 403],
} as const satisfies Record<keyof typeof REQUEST_CHECKS, readonly [RequestDescription, Refusal['status']]>;

describe('each check is needed', () => {
  test.each(Object.entries(ALONE))('%s', (name, [request, status]) => {
    const rest = Object.fromEntries(Object.entries(REQUEST_CHECKS).filter(([known]) => known !== name));
    expect(judge(request, REQUEST_CHECKS)?.status).toBe(status);
    expect(judge(request, rest)).toBeNull();
  });
  test('an upgrade needs an Origin', () => {
    const request = { ...GOOD, method: 'GET', headers: GOOD.headers.filter(([name]) => name !== 'origin') };
    expect([judge(request, REQUEST_CHECKS), judge(request, UPGRADE_CHECKS)?.status]).toEqual([null, 403]);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:10.0.0.1', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['fe80::1', false],
  ['127.0.0.1.evil', false],
  ['', false],
])('peer %s is let in: %s', (peer, allowed) => {
  expect(judge({ ...GOOD, peer }, REQUEST_CHECKS) === null).toBe(allowed);
});

test.each(OTHER_HEADS)('%s, which no proxy adds, is let in', (head) => {
  const [name = '', value = ''] = head.split(': ');
  expect(judge({ ...GOOD, headers: [...GOOD.headers, [name.toLowerCase(), value]] }, REQUEST_CHECKS)).toBeNull();
});

test.each(['0.9', '1.0', '2.0', ''])('HTTP %j is not let in', (version) => {
  expect(judge({ ...GOOD, version }, REQUEST_CHECKS)?.status).toBe(505);
});

test('what is told of a proxy fits a terminal, however long the name is', () => {
  const refusal = judge(withHeader(`x-forwarded-${'x'.repeat(5000)}`, ''), REQUEST_CHECKS);
  expect(refusal?.reason).toMatch(/^x-forwarded-x{28} says/);
});

import { describe, expect, test } from 'vitest';
import {
  canonicalAddress,
  firstRefusal,
  REQUEST_CHECKS,
  type Refusal,
  type RequestDescription,
  targetPath,
  UPGRADE_CHECKS,
} from '../../src/devserver/guard/guard.ts';
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
    expect(firstRefusal(request, REQUEST_CHECKS)?.status).toBe(status);
    expect(firstRefusal(request, rest)).toBeNull();
  });
  test('an upgrade needs an Origin', () => {
    const request = { ...GOOD, method: 'GET', headers: GOOD.headers.filter(([name]) => name !== 'origin') };
    expect([firstRefusal(request, REQUEST_CHECKS), firstRefusal(request, UPGRADE_CHECKS)?.status]).toEqual([null, 403]);
    expect(firstRefusal({ ...GOOD, method: 'GET' }, UPGRADE_CHECKS)).toBeNull();
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
  expect(firstRefusal({ ...GOOD, peer }, REQUEST_CHECKS) === null).toBe(allowed);
});

test.each(OTHER_HEADS)('%s, which no proxy adds, is let in', (head) => {
  const [name = '', value = ''] = head.split(': ');
  expect(firstRefusal({ ...GOOD, headers: [...GOOD.headers, [name.toLowerCase(), value]] }, REQUEST_CHECKS)).toBeNull();
});

test.each(['0.9', '1.0', '2.0', ''])('HTTP %j is not let in', (version) => {
  expect(firstRefusal({ ...GOOD, version }, REQUEST_CHECKS)?.status).toBe(505);
});

test('what is told of a proxy fits a terminal, however long the name is', () => {
  const refusal = firstRefusal(withHeader(`x-forwarded-${'x'.repeat(5000)}`, ''), REQUEST_CHECKS);
  expect(refusal?.reason).toMatch(/^x-forwarded-x{28} says/);
});

/** @returns the status by which a request is refused; null: it is let in */
const statusOf = (request: RequestDescription): number | null => firstRefusal(request, REQUEST_CHECKS)?.status ?? null;

test.each([
  ['127.0.0.1', null],
  ['127.255.10.200', null],
  ['127.10.255.100', null],
  ['x127.0.0.1', 403],
  ['10.127.0.0.1', 403],
  ['127.0.0.1000', 403],
  ['127.0.0.', 403],
  ['127a0.0.1', 403],
  ['128.0.0.1', 403],
  ['::ffff:x', 403],
  ['::ffff:::1', null],
])('of the peer %j the whole address counts: %s', (peer, status) => {
  expect(statusOf({ ...GOOD, peer })).toBe(status);
});

test.each([
  ['/', null],
  ['/deep/link?q=1', null],
  ['/a.b/.hidden/...', null],
  ['/a?next=../x', null],
  ['/a?next=/x y', null],
  ['?/a', 400],
  ['', 400],
  ['a/b', 400],
  ['http://127.0.0.1:5179/', 400],
  ['/\\evil', 400],
  ['/a\\b', 400],
  ['/a b', 400],
  ['/a\tb', 400],
  ['/a%5Cb', 400],
  ['/a%00', 400],
  ['/a#b', 400],
  ['/a?b#c', 400],
  ['/.', 400],
  ['/..', 400],
  ['/a/../b', 400],
  ['/a/%2e%2E/b', 400],
  ['/a%2F..', 400],
  ['/a%2f.%2e%2fb', 400],
])('the target %j: %s', (target, status) => {
  expect(statusOf({ ...GOOD, target })).toBe(status);
});

test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('%s overrides no method', (name) => {
  expect(statusOf(withHeader(name, 'DELETE'))).toBe(405);
});

test.each([
  ['GET', null],
  ['HEAD', null],
  ['POST', null],
  ['OPTIONS', 405],
  ['get', 405],
  ['', 405],
])('the method %j: %s', (method, status) => {
  expect(statusOf({ ...GOOD, method })).toBe(status);
});

test('sixty-three header lines are let in, and one more is not', () => {
  const more = (count: number) => Array.from({ length: count - GOOD.headers.length }, () => ['x', 'y'] as const);
  expect([63, 64].map((count) => statusOf({ ...GOOD, headers: [...GOOD.headers, ...more(count)] }))).toEqual([
    null,
    431,
  ]);
});

/** A request with these heads of Fetch Metadata, `dest` in as many lines as there are. */
const fetched = (method: string, sites: readonly string[], mode: string | null, dests: readonly string[]) => ({
  ...GOOD,
  method,
  headers: [
    ...GOOD.headers.filter(([name]) => !name.startsWith('sec-')),
    ...sites.map((site) => ['sec-fetch-site', site] as const),
    ...(mode === null ? [] : [['sec-fetch-mode', mode] as const]),
    ...dests.map((dest) => ['sec-fetch-dest', dest] as const),
  ],
});

test.each([
  ['no site', 'POST', [], null, [], null],
  ['no site, though a frame', 'GET', [], 'navigate', ['iframe'], null],
  ['this page', 'POST', ['same-origin'], 'cors', ['empty'], null],
  ['this page, said twice', 'POST', ['same-origin', 'same-origin'], 'cors', ['empty'], 403],
  ['another site', 'POST', ['cross-site'], 'cors', ['empty'], 403],
  ['a link from elsewhere', 'GET', ['cross-site'], 'navigate', ['document'], null],
  ['its head', 'HEAD', ['cross-site'], 'navigate', ['document'], null],
  ['a form of elsewhere', 'POST', ['cross-site'], 'navigate', ['document'], 403],
  ['a frame', 'GET', ['cross-site'], 'navigate', ['iframe'], 403],
  ['a navigation that says two places', 'GET', ['cross-site'], 'navigate', ['document', 'document'], 403],
  ['a script as a document', 'GET', ['cross-site'], 'no-cors', ['document'], 403],
  ['nobody’s, as of a program', 'GET', ['none'], null, [], null],
  ['nobody’s, to a place', 'GET', ['none'], null, ['empty'], 403],
  ['nobody’s, said twice', 'GET', ['none', 'none'], null, [], 403],
  ['nobody’s and another’s', 'GET', ['none', 'cross-site'], null, [], 403],
  ['a neighbour', 'GET', ['same-site'], null, [], 403],
] as const)('Fetch Metadata of %s', (_, method, sites, mode, dests, status) => {
  expect(statusOf(fetched(method, sites, mode, dests))).toBe(status);
});

test('who is turned away learns no reason, and the terminal does', () => {
  const reasons = Object.entries(ALONE).map(([name, [request]]) => [
    name,
    firstRefusal(request, REQUEST_CHECKS)?.reason,
  ]);
  expect(Object.fromEntries(reasons)).toEqual({
    peerIsLoopback: 'the peer 192.168.1.7 is not this machine',
    headersAreFew: '64 header lines or more',
    hostIsExact: 'Host is not 127.0.0.1:5179, or is not given exactly once',
    targetIsPlain: 'the request target is not a plain absolute path',
    methodIsKnown: 'method PUT, or a header that overrides it',
    isNoServiceWorker: 'a service worker script',
    versionIsBrowsers: 'HTTP/1.0, which no browser speaks: a proxy or a program',
    isNotForwarded: 'via says the request came through a proxy or tunnel',
    originIsOwn: 'Origin is not the page of this server',
    fetchSiteIsOwn: 'Sec-Fetch-Site is not same-origin',
    isNotOpenInEditor: 'open-in-editor is off',
  });
});

describe('whoever asks for localhost is sent to the literal address', () => {
  const ASKED: RequestDescription = { ...GOOD, method: 'GET', target: '/x?y=1', headers: [['host', 'localhost:5179']] };
  const also = (...headers: (readonly [string, string])[]) => ({ ...ASKED, headers: [...ASKED.headers, ...headers] });
  const WAY = 'http://127.0.0.1:5179/x?y=1';

  test.each([
    ['with nothing said', ASKED, WAY],
    [
      'by a person',
      also(['sec-fetch-site', 'none'], ['sec-fetch-mode', 'navigate'], ['sec-fetch-dest', 'document']),
      WAY,
    ],
    ['with our own origin', also(['origin', 'http://127.0.0.1:5179']), WAY],
    ['but not by a page that fetches', also(['sec-fetch-mode', 'cors']), null],
    ['but not by a script', also(['sec-fetch-dest', 'script'], ['sec-fetch-mode', 'navigate']), null],
    ['but not for the head alone', { ...ASKED, method: 'HEAD' }, null],
    ['but not with POST', { ...ASKED, method: 'POST' }, null],
    ['but not by another name', { ...ASKED, headers: [['host', 'localhost']] }, null],
    ['but not by the literal address, which is right', { ...ASKED, headers: [['host', '127.0.0.1:5179']] }, null],
    ['but not with two Hosts', also(['host', 'localhost:5179']), null],
    ['but not from another machine', { ...ASKED, peer: '10.0.0.1' }, null],
    ['but not to an odd target', { ...ASKED, target: '//evil.com' }, null],
    ['but not with too many heads', also(...Array.from({ length: 63 }, () => ['x', 'y'] as const)), null],
    ['but not as a service worker', also(['service-worker', 'script']), null],
    ['but not by an old version', { ...ASKED, version: '1.0' }, null],
    ['but not by a proxy', also(['via', '1.1 x']), null],
    ['but not from another origin', also(['origin', 'http://localhost:3000']), null],
  ] as const)('%s', (_, request, address) => {
    expect(canonicalAddress(request)).toBe(address);
  });
});

test.each([
  ['/a?b', '/a'],
  ['/a', '/a'],
  ['?b', ''],
  ['', ''],
])('the path of %j is %j', (target, path) => {
  expect(targetPath(target)).toBe(path);
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TokenedStart } from '../../src/contract/local-server.ts';
import type { RequestDescription } from '../../src/devserver/guard/guard.ts';
import { asksForPage, createNonce, NONCE_PLACEHOLDER, scriptDigests, writePage } from '../../src/devserver/page.ts';

const START: TokenedStart = {
  name: 'Releases',
  others: [],
  chosen: null,
  token: 't',
  secret: 's',
  ticket: null,
  source: { kind: 'embedded', data: '</script><b>', simulatedCi: false },
  table: 'Releases',
  region: 'eu-central-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
};
const HTML = '<html><head><title>x</title></head><body></head></body></html>';

describe('which requests ask for the page', () => {
  const NAVIGATION = [
    ['sec-fetch-mode', 'navigate'],
    ['sec-fetch-dest', 'document'],
  ] as const;
  test.each([
    ['GET', '/', [], true],
    ['HEAD', '/', [], true],
    ['GET', '/?release=v1', [], true],
    ['GET', '/index.html', [], true],
    ['GET', '/index.htm', [], false],
    ['GET', '/src/main.tsx', [], false],
    ['GET', '/src/main.tsx', NAVIGATION, true],
    ['GET', '/deep/link', NAVIGATION, true],
    ['POST', '/', [], false],
    ['POST', '/', NAVIGATION, false],
  ] as const)('%s %s %j: %s', (method, target, headers, asks) => {
    const request: RequestDescription = { peer: '127.0.0.1', port: 1, version: '1.1', method, target, headers };
    expect(asksForPage(request)).toBe(asks);
  });
});

describe('the page that is sent', () => {
  test('holds its start before the end of its head, as data that cannot end by itself', () => {
    const page = writePage(HTML, START, null);
    const block =
      /^<html><head><title>x<\/title><script type="application\/json" id="release-matrix-start">(.*?)<\/script><\/head><body><\/head><\/body><\/html>$/;
    const json = block.exec(page)?.[1] ?? '';
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toEqual(START);
  });

  test('holds null where the page has to ask for its start', () => {
    expect(writePage(HTML, null, null)).toContain('id="release-matrix-start">null</script></head>');
  });

  test('is refused where there is no head to write into', () => {
    expect(() => writePage('<html></html>', START, null)).toThrow(
      'index.html has no </head>: the page cannot be told its start.',
    );
    expect(writePage('</head>', null, null)).toMatch(/^<script .*<\/head>$/);
  });

  test('has the nonce of this answer on its styles alone', () => {
    const given =
      `<head><style nonce="${NONCE_PLACEHOLDER}">a</style><SCRIPT type="module" nonce="${NONCE_PLACEHOLDER}">1\n2</SCRIPT>` +
      `<script nonce="${NONCE_PLACEHOLDER}" src="/x.js"></script><meta nonce="${NONCE_PLACEHOLDER}"></head>`;
    expect(writePage(given, null, 'n')).toBe(
      '<head><style nonce="n">a</style><SCRIPT type="module">1\n2</SCRIPT><script src="/x.js"></script><meta nonce="n">' +
        '<script type="application/json" id="release-matrix-start">null</script></head>',
    );
    expect(writePage(given, null, null)).toContain(NONCE_PLACEHOLDER);
  });
});

test('the digests of what stands in line and runs', () => {
  const sha = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  const page =
    '<script>one</script><SCRIPT type="module">two\n</SCRIPT><script src="/x.js">no</script><script\nsrc="/x.js">no</script>' +
    '<script type="application/json">{}</script><scripts>no</scripts><script data-src="/y">three</script><script></script>';
  expect(scriptDigests(page)).toEqual([sha('one'), sha('two\n'), sha('three'), sha('')]);
});

test('nonces are new each time, of 144 bits', () => {
  const [one, two] = [createNonce(), createNonce()];
  expect(one).toMatch(/^[\w-]{24}$/);
  expect(two).not.toBe(one);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/contract/local-server.ts';
import { EMPTY, filled, GOOD, HOST, NAVIGATION, ORIGIN } from '../attacks/raw-attack.ts';
import { startTarget, type Target } from '../attacks/raw-targets.ts';
import { lines, sendRaw } from './raw-request.ts';

/** What each answer carries, whatever its status. */
const FIXED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), local-network=(), loopback-network=()',
};

/** The whole policy: a directive that is not here, or says more, opens the page to something. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self' https://dynamodb.eu-central-1.amazonaws.com",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
  'worker-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'release-matrix-engine',
};

const ANSWERS = [
  ['the page', 200, lines('GET /', [HOST])],
  ['the page, its head alone', 200, lines('HEAD /', [HOST])],
  ['the page, by a link', 200, lines('GET /deep', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION])],
  ['the way to the literal address', 308, lines('GET /', ['Host: localhost:{P}'])],
  ['credentials', 200, lines(`POST ${ROUTES.credentials}`, GOOD)],
  ['a wrong token', 401, lines(`POST ${ROUTES.credentials}`, [HOST, ORIGIN, EMPTY])],
  ['a foreign name', 421, lines('GET /', ['Host: evil.com'])],
  ['a foreign origin', 403, lines('GET /', [HOST, 'Origin: http://evil.com'])],
  ['an odd target', 400, lines('GET //x', [HOST])],
  ['a method', 405, lines('PUT /', [HOST])],
  ['a proxy', 403, lines('GET /', [HOST, 'Via: 1.1 x'])],
  ['an old version', 505, `GET / HTTP/1.0\r\n${HOST}\r\n\r\n`],
] as const;

describe.each(['dev', 'preview'] as const)('%s', (serving) => {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget('aws', serving);
  });
  afterAll(() => target.close());

  test.each([
    ...ANSWERS,
    ['a file', 200, lines(`GET ${serving === 'dev' ? '/src' : '/assets'}/main.js`, [HOST])] as const,
  ])('the answer to %s (%i) carries every header and the whole policy', async (_, status, request) => {
    const { headers, ...answer } = await sendRaw(target.port, filled(request, target));
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(headers)).toMatchObject(FIXED);
    const directives = (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      // What Vite writes into the page in dev is allowed by its digests and, for styles, by a nonce of this one answer.
      const own = values.filter((value) => !/^'(sha256-[\w+/]{43}=|nonce-[\w-]{24})'$/.test(value));
      return [name, own.join(' ')];
    });
    const channel = serving === 'dev' ? `'self' ws://127.0.0.1:${target.port}` : "'self'";
    const expected = { ...POLICY, 'connect-src': POLICY['connect-src'].replace("'self'", channel) };
    expect(directives).toEqual(Object.entries(expected));
  });

  test('the answer to a file that is not there, which is not ours, allows nothing', async () => {
    const answer = await sendRaw(target.port, filled(lines('GET /assets/none.js', [HOST]), target));
    expect(answer.status).toBe(404);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...FIXED,
      'content-security-policy': "default-src 'none'",
    });
  });

  test('what stands in line is allowed in the page only, and in dev alone', async () => {
    const policies = await Promise.all(
      [lines('GET /', [HOST]), lines('GET /', [HOST, 'Via: 1.1 x'])].map(async (request) => {
        const { headers } = await sendRaw(target.port, filled(request, target));
        return (headers.get('content-security-policy') ?? '')
          .match(/'(sha256|nonce)-/g)
          ?.map((one) => one.slice(1, -1));
      }),
    );
    // The page of this test has styles in line, and no script.
    const inPage = serving === 'dev' ? ['nonce'] : undefined;
    expect(policies).toEqual([inPage, undefined]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_START_ID, ROUTES } from '../../src/contract/local-server.ts';
import { EMPTY, filled, GOOD, HOST, NAVIGATION, ORIGIN } from '../attacks/raw-attack.ts';
import { PROFILE, rawAttacks, redeem, startTarget, TARGET_KINDS, type Target } from '../attacks/raw-targets.ts';
import { tryRaw } from '../attacks/try-raw.ts';
import { STUB_SESSION } from '../aws/sts-stub.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

const C = ROUTES.credentials;

describe.each(['dev', 'preview'] as const)('raw requests, %s', (serving) => {
  describe.each(TARGET_KINDS)('to the source %s', (kind) => {
    let target: Target;
    beforeAll(async () => {
      target = await startTarget(kind, serving);
    });
    afterAll(() => target.close());

    test.each(rawAttacks(kind, serving).map((attack) => [`${attack.threat} ${attack.name}`, attack] as const))(
      '%s is refused',
      async (_, attack) => {
        const { answer, leaks } = await tryRaw(target, attack);
        expect(attack.statuses).toContain(answer.status);
        expect(leaks).toEqual([]);
      },
    );
  });
});

describe.each(['dev', 'preview'] as const)('what the page may, %s', (serving) => {
  let served: Target;
  beforeAll(async () => {
    served = await startTarget('aws', serving);
  });
  afterAll(() => served.close());

  const send = (request: string): Promise<RawAnswer> => sendRaw(served.port, filled(request, served));

  /** What holds for every answer, whatever its status. */
  const expectClean = (answer: RawAnswer): void => {
    for (const mark of served.marks) expect(answer.text).not.toContain(mark);
    expect([...answer.headers.keys()].filter((name) => /^access-control-|^set-cookie/.test(name))).toEqual([]);
  };

  test.each(serving === 'dev' ? ['/src/main.js', '/src/main.js?raw'] : ['/assets/main.js'])(
    'reads out %s, which belongs to the page',
    async (path) => {
      const answer = await send(lines(`GET ${path}`, [HOST, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Dest: script']));
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('started');
      expectClean(answer);
    },
  );

  test('gives the page a credential, narrowed by AWS', async () => {
    const answer = await send(
      lines(`POST ${C}`, [...GOOD, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty']),
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      AccessKeyId: STUB_SESSION.id,
      SecretAccessKey: STUB_SESSION.secret,
      Token: STUB_SESSION.token,
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      ExpiresInMs: expect.any(Number),
      ServerTime: expect.stringMatching(/Z$/),
      Profile: PROFILE,
      Scope: 'session',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await served.state()).toBe('2'); // GetCallerIdentity, GetFederationToken
  });

  test('a flood costs one exchange, and is cut off at sixty a minute', async () => {
    const calls = await served.state();
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(lines(`POST ${C}`, GOOD))));
    const limited = answers.filter(({ status }) => status === 429);
    // The test before took one of the sixty.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(59);
    expect(limited).toHaveLength(41);
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await served.state()).toBe(calls);
  });

  test.each([
    ['/', [HOST]],
    ['/index.html', [HOST]],
    ['/?view=matrix', [HOST]],
    ['/', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION]],
    ['/', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
    ['/deep/link', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
    ['/src/main.js', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
  ] as const)('serves the page for %s with %j', async (path, headers) => {
    const { status, body, headers: answered } = await send(lines(`GET ${path}`, headers));
    expect(status).toBe(200);
    expect(body).toContain('<title>Scratch</title>');
    expect(body).toContain(served.token);
    expect(body).not.toContain('__CSP_NONCE__');
    expect(answered.get('cache-control')).toBe('no-store');
    expect(answered.get('content-security-policy')).toContain("default-src 'none'");
    expect(answered.get('content-security-policy')).toContain('https://dynamodb.eu-central-1.amazonaws.com');
    expect(answered.get('referrer-policy')).toBe('no-referrer');
    expect([...answered.keys()].filter((name) => /^access-control-|^set-cookie/.test(name))).toEqual([]);
  });

  test('HEAD of the page has its headers and no body', async () => {
    const answer = await send(lines('HEAD /', [HOST]));
    expect([answer.status, answer.body, answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
  });

  test.each([
    ['/', [], 308, '/'],
    ['/?a=b', NAVIGATION, 308, '/?a=b'],
    ['/', ['Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'], 421, null],
    ['//evil.com', [], 421, null],
    ['/', ['X-Forwarded-For: 1.1.1.1'], 421, null],
    ['/', ['Origin: http://localhost:{P}'], 421, null],
  ] as const)('localhost: %s with %j → %i', async (path, headers, status, location) => {
    const answer = await send(lines(`GET ${path}`, ['Host: localhost:{P}', ...headers]));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBe(
      location === null ? undefined : `http://127.0.0.1:${served.port}${location}`,
    );
    expectClean(answer);
  });
});

describe.each(['dev', 'preview'] as const)('a machine that others use too, %s', (serving) => {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget('shared', serving);
  });
  afterAll(() => target.close());

  const start = (...authorization: string[]): Promise<RawAnswer> =>
    sendRaw(target.port, filled(lines(`POST ${ROUTES.start}`, [HOST, ORIGIN, EMPTY, ...authorization]), target));

  test('the page holds nothing, and its answer is like any other of the page', async () => {
    const { status, body, headers } = await sendRaw(target.port, filled(lines('GET /', [HOST]), target));
    expect(status).toBe(200);
    expect(body).toContain(`id="${PAGE_START_ID}">null</script>`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('the ticket of this tab gets the start again, as often as it is reloaded', async () => {
    for (let i = 0; i < 3; i++) {
      const answer = await start(`Authorization: Ticket ${target.ticket}`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        200,
        expect.objectContaining({ token: target.token, table: 'ReleaseFragments' }),
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('a code that was not good says why to whoever shows it, and no more', async () => {
    const codes = [target.codes.used, target.codes.expired, 'A'.repeat(32)];
    const answers = await Promise.all(codes.map((code) => sendRaw(target.port, redeem(target.port, code))));
    expect(answers.map(({ status, body }) => [status, JSON.parse(body)])).toEqual(
      ['CodeUsed', 'CodeExpired', 'Refused'].map((Code) => [401, { Code, Message: 'refused' }]),
    );
  });
});

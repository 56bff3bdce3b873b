import { describe, expect, test, vi } from 'vitest';
import { fixFor } from '../../src/contract/fault-fix.ts';
import { LOCAL_SERVER_ERRORS } from '../../src/contract/local-server.ts';
import {
  FAULT_CODES,
  type FaultCode,
  faultFields,
  faultFrom,
  faultOfFields,
  localServerFault,
  ReadFault,
} from '../../src/contract/read-fault.ts';
import { readerPolicy } from '../../src/contract/reader-policy.ts';
import { backOffMs } from '../../src/store/back-off.ts';
import { withinTime } from '../../src/store/time-limit.ts';

const direct = 'direct';
const local = 'local-server';
const named = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name, ...more });

describe('faultFrom', () => {
  test.each<[string, unknown, FaultCode, FaultCode]>([
    ['Chromium without network', new TypeError('Failed to fetch'), 'unreachable', 'local-server-stopped'],
    [
      'Firefox, with its full stop',
      new TypeError('NetworkError when attempting to fetch resource.'),
      'unreachable',
      'local-server-stopped',
    ],
    ['Safari', new TypeError('Load failed'), 'unreachable', 'local-server-stopped'],
    [
      'Node, with the cause below',
      new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
      'unreachable',
      'local-server-stopped',
    ],
    [
      'a name that does not resolve',
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'unreachable',
      'local-server-stopped',
    ],
    [
      'a foreign certificate',
      Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
      'unreachable',
      'local-server-stopped',
    ],
    ['a time-out of the SDK', named('TimeoutError', 'late'), 'timed-out', 'timed-out'],
    ['an abort', new DOMException('aborted', 'AbortError'), 'cancelled', 'cancelled'],
    ['a session that expired', named('ExpiredTokenException', 'expired'), 'credentials-expired', 'credentials-expired'],
    [
      'SSO, by the SDK',
      named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      'profile-sso-expired',
      'profile-sso-expired',
    ],
    [
      'no credentials',
      named('CredentialsProviderError', 'Could not load credentials'),
      'credentials-missing',
      'credentials-missing',
    ],
    [
      'a status alone',
      named('Unknown', 'x', { $metadata: { httpStatusCode: 502 } }),
      'service-failing',
      'service-failing',
    ],
    ['a 429 without a name', named('Unknown', 'x', { $metadata: { httpStatusCode: 429 } }), 'throttled', 'throttled'],
    [
      'a 4xx without a name',
      named('Unknown', 'x', { $metadata: { httpStatusCode: 413 } }),
      'request-refused',
      'request-refused',
    ],
    ['a fault of the program', new RangeError('boom'), 'failed', 'failed'],
    ['no error at all', 'text', 'failed', 'failed'],
    ['nothing', undefined, 'failed', 'failed'],
  ])('%s', (_, error, code, localCode) => {
    expect([faultFrom(error, direct).code, faultFrom(error, local).code]).toEqual([code, localCode]);
  });

  test('a fault stays the one it is', () => {
    const fault = new ReadFault('profile-missing', 'x');
    expect(faultFrom(fault, local)).toBe(fault);
  });

  test('of an error that quotes the signed request, only the first line is kept', () => {
    const fault = faultFrom(named('InvalidSignatureException', 'does not match.\nx-amz-security-token:SECRET'), direct);
    expect(fault).toMatchObject({ code: 'credentials-refused', message: 'does not match.' });
  });

  test('a body of the local server counts on its own route only', () => {
    const error = named('Unknown', 'x', { Code: 'SsoExpired', Message: 'y', $metadata: { httpStatusCode: 403 } });
    expect([faultFrom(error, local).code, faultFrom(error, direct).code]).toEqual([
      'profile-sso-expired',
      'request-refused',
    ]);
  });
});

describe('localServerFault', () => {
  test('every cause has a fault, and words of its own', () => {
    const codes = LOCAL_SERVER_ERRORS.map((Code) => localServerFault(403, { Code, Message: 'm', Fix: 'run it' }));
    expect(codes.map((fault) => fault?.fix)).toEqual(LOCAL_SERVER_ERRORS.map(() => 'run it'));
    expect(new Set(codes.map((fault) => fault?.code)).size).toBe(LOCAL_SERVER_ERRORS.length);
  });

  test.each([null, 'text', [], {}, { Code: 7 }, { Code: 'Other' }, { Code: 'toString' }])(
    '%j is not its body',
    (body) => {
      expect(localServerFault(403, body)).toBeNull();
    },
  );
});

describe('fixFor', () => {
  const context = {
    profile: 'acme/dev',
    table: 'ReleaseFragments',
    region: 'eu-central-1',
    endpoint: null,
    keyId: null,
  };
  const emulator = { ...context, profile: null, endpoint: 'http://127.0.0.1:8000', keyId: 'fakeMyKeyId' };

  test('every fault has a title and an explanation of its own', () => {
    const fixes = FAULT_CODES.map((code) => fixFor(new ReadFault(code, 'Message.'), context));
    expect(new Set(fixes.map((fix) => fix.title)).size).toBe(FAULT_CODES.length);
    expect(fixes.filter((fix) => !/[.:]$/.test(fix.explanation) || !/[^.]$/.test(fix.title))).toEqual([]);
    // What ends in a colon is followed by something to paste, and the other way round.
    expect(fixes.filter((fix) => fix.explanation.endsWith(':') !== (fix.copy !== null))).toEqual([]);
  });

  test.each<[FaultCode, string]>([
    ['profile-sso-expired', 'aws sso login --profile acme/dev'],
    ['credentials-expired', 'aws sso login --profile acme/dev'],
    ['credentials-refused', 'aws sts get-caller-identity --region eu-central-1 --profile acme/dev'],
    [
      'keys-unsuitable',
      'aws dynamodb describe-table --table-name ReleaseFragments --region eu-central-1 --profile acme/dev',
    ],
    [
      'table-missing',
      [
        'aws dynamodb create-table --table-name ReleaseFragments \\',
        "  --attribute-definitions 'AttributeName=version,AttributeType=S' 'AttributeName=component#name,AttributeType=S' \\",
        "  --key-schema 'AttributeName=version,KeyType=HASH' 'AttributeName=component#name,KeyType=RANGE' \\",
        '  --billing-mode PAY_PER_REQUEST --region eu-central-1 --profile acme/dev',
      ].join('\n'),
    ],
  ])('%s is fixed by a command', (code, text) => {
    expect(fixFor(new ReadFault(code, 'm'), context).copy).toEqual({ kind: 'command', text });
  });

  test.each<FaultCode>(['table-missing', 'table-not-ready', 'keys-unsuitable'])(
    'N11 the command for an emulator calls it by our key: %s',
    (code) => {
      expect(fixFor(new ReadFault(code, 'm'), emulator).copy?.text).toMatch(
        /^AWS_ACCESS_KEY_ID=fakeMyKeyId AWS_SECRET_ACCESS_KEY=\w+ aws dynamodb .* --region eu-central-1 --endpoint-url http:\/\/127\.0\.0\.1:8000/s,
      );
    },
  );

  test('N11 of a table that an emulator has not it is said by which key and region it was looked for', () => {
    const { explanation } = fixFor(new ReadFault('table-missing', 'm'), emulator);
    expect(explanation).toContain('in region eu-central-1 for the key id fakeMyKeyId. Emulators keep tables apart by');
  });

  test('every command for an emulator is one for it, and none asks AWS', () => {
    for (const code of FAULT_CODES.filter((one) => !/^(?:profile|credentials-(?:missing|expired))/.test(one))) {
      const { copy } = fixFor(new ReadFault(code, 'm'), emulator);
      if (copy?.kind === 'command')
        expect([code, copy.text]).toEqual([code, expect.stringContaining('127.0.0.1:8000')]);
    }
  });

  test("the local server's own command goes first", () => {
    const fault = new ReadFault('profile-sso-expired', 'm', { fix: 'aws sso login --sso-session acme' });
    expect(fixFor(fault, context).copy?.text).toBe('aws sso login --sso-session acme');
  });

  test('access denied is fixed by the policy of a reader of this table', () => {
    const resource = 'arn:aws:dynamodb:eu-central-1:123456789012:table/ReleaseFragments';
    const fix = fixFor(new ReadFault('access-denied', 'm', { action: 'dynamodb:Scan', resource }), context);
    expect(fix.explanation).toContain(`dynamodb:Scan on ${resource}`);
    expect(fix.copy?.kind).toBe('policy');
    expect(JSON.parse(fix.copy?.text ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadReleaseFragments',
          Effect: 'Allow',
          Action: [
            'dynamodb:Query',
            'dynamodb:Scan',
            'dynamodb:GetItem',
            'dynamodb:BatchGetItem',
            'dynamodb:DescribeTable',
          ],
          Resource: [resource, `${resource}/index/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
    });
  });

  test('words for a shell are quoted, and control characters left out', () => {
    const odd = { ...context, profile: "it's; rm -rf /\u001b[2J\n", endpoint: 'http://127.0.0.1:8000' };
    expect(fixFor(new ReadFault('keys-unsuitable', 'm'), odd).copy?.text).toBe(
      `aws dynamodb describe-table --table-name ReleaseFragments --region eu-central-1 --profile 'it'"'"'s; rm -rf /[2J' --endpoint-url http://127.0.0.1:8000`,
    );
  });

  test('the longest policy fits a session', () => {
    const policy = readerPolicy({ table: 'T'.repeat(255), region: 'us-gov-west-1', account: '123456789012' });
    expect(JSON.stringify(policy).length).toBeLessThan(2048);
    expect(policy.Statement[0]?.Resource[0]).toMatch(/^arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table\/T+$/);
  });
});

describe('backOffMs', () => {
  const pauses = (code: FaultCode, random: number, poll: number) =>
    [1, 2, 3, 4, 5, 6, 5000].map((failures) => backOffMs(new ReadFault(code, 'm'), failures, poll, () => random));

  test.each<[FaultCode, number, number, number[]]>([
    ['throttled', 0.5, 3_600_000, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]],
    ['unreachable', 0, 3_600_000, [5_000, 8_000, 16_000, 32_000, 48_000, 48_000, 48_000]],
    ['timed-out', 0.999999, 3_600_000, [6_000, 12_000, 24_000, 48_000, 60_000, 60_000, 60_000]],
    ['service-failing', 0.5, 30_000, [5_000, 10_000, 20_000, 30_000, 30_000, 30_000, 30_000]],
    ['throttled', 0.999999, 5_000, Array(7).fill(5_000)],
    ['throttled', 0, 2_000, Array(7).fill(5_000)],
    ['profile-sts-unreachable', 0, 5_000, [4_000, 8_000, 16_000, 32_000, 48_000, 48_000, 48_000]],
    ['profile-sso-expired', 0.999999, 5_000, Array(7).fill(15_000)],
    ['credentials-expired', 0, 3_600_000, Array(7).fill(15_000)],
    ['access-denied', 0, 5_000, Array(7).fill(60_000)],
    ['table-missing', 0.5, 5_000, Array(7).fill(60_000)],
  ])('%s with random %d and polls every %d ms', (code, random, poll, expected) => {
    expect(pauses(code, random, poll)).toEqual(expected);
  });

  test('F32: what a person must fix is tried once a minute', () => {
    for (const code of ['access-denied', 'table-missing'] as const)
      expect(new Set(pauses(code, 0.3, 5_000))).toEqual(new Set([60_000]));
  });

  test('every fault has a pause from 4 to 60 seconds', () => {
    const all = FAULT_CODES.flatMap((code) => [0, 0.999999].flatMap((random) => pauses(code, random, 5_000)));
    expect(all.filter((ms) => !(ms >= 4_000 && ms <= 60_000))).toEqual([]);
  });
});

describe('withinTime', () => {
  test('a call that does not obey its signal is limited all the same', async () => {
    await expect(withinTime(() => new Promise(() => {}), 1)).rejects.toMatchObject({ code: 'timed-out' });
  });

  test('what is over its time is told to stop, with the reason', async () => {
    let seen: AbortSignal | null = null;
    const call = (signal: AbortSignal) => {
      seen = signal;
      return new Promise(() => {});
    };
    await expect(withinTime(call, 1)).rejects.toMatchObject({ code: 'timed-out' });
    expect(seen).toMatchObject({ aborted: true, reason: { code: 'timed-out' } });
  });

  test('time that begins when told runs from then on, and once', async () => {
    vi.useFakeTimers();
    try {
      let begin = () => {};
      const call = (_: AbortSignal, whenTold: () => void) => {
        begin = whenTold;
        return new Promise(() => {});
      };
      const ended = withinTime(call, 1_000, undefined, 'when-told').catch(({ code }) => code);
      expect(vi.getTimerCount()).toBe(0);
      begin();
      vi.advanceTimersByTime(999);
      begin();
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(1);
      expect(await ended).toBe('timed-out');
      begin();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a caller who has stopped before is not called for', async () => {
    let called = false;
    const call = async () => {
      called = true;
    };
    await expect(withinTime(call, 1_000, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(called).toBe(false);
  });
});

test.each([
  new ReadFault('access-denied', 'Not allowed.', {
    action: 'dynamodb:Scan',
    resource: 'arn:aws:dynamodb:eu-central-1:123456789012:table/T',
    fix: 'ask',
    name: 'AccessDeniedException',
  }),
  new ReadFault('timed-out', 'No answer.'),
])('a fault is the same in another realm: $code', (fault) => {
  const fields = structuredClone(faultFields(fault));
  expect(fields).toEqual({
    code: fault.code,
    message: fault.message,
    action: fault.action,
    resource: fault.resource,
    fix: fault.fix,
    errorName: fault.errorName,
  });
  const there = faultOfFields(fields);
  expect(there).toBeInstanceOf(ReadFault);
  expect({ ...there, message: there.message }).toEqual({ ...fault, message: fault.message });
});

import { describe, expect, test } from 'vitest';
import { type FaultCode, faultFrom, localServerFault, ReadFault } from '../../src/contract/read-fault.ts';

// What each error of the SDK, of a browser and of the local server is called, with all that is known of it.

const direct = 'direct';
const local = 'local-server';
const named = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name, ...more });
const answered = (status: unknown, more = {}) => ({ $metadata: { httpStatusCode: status }, ...more });

const NAMES: Readonly<Partial<Record<FaultCode, readonly string[]>>> = {
  'table-missing': ['ResourceNotFoundException', 'TableNotFoundException'],
  'table-not-ready': ['ResourceInUseException', 'TableNotReadyException'],
  'access-denied': ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'KMSAccessDeniedException'],
  'credentials-expired': ['ExpiredTokenException', 'ExpiredToken', 'RequestExpired'],
  'credentials-refused': [
    'UnrecognizedClientException',
    'InvalidSignatureException',
    'IncompleteSignatureException',
    'IncompleteSignature',
    'MissingAuthenticationTokenException',
    'MissingAuthenticationToken',
    'SignatureDoesNotMatch',
    'InvalidClientTokenId',
    'InvalidAccessKeyId',
    'OptInRequired',
  ],
  'credentials-missing': ['CredentialsProviderError', 'TokenProviderError', 'CredentialsError'],
  'clock-wrong': ['RequestTimeTooSkewed', 'RequestInTheFuture'],
  throttled: [
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'Throttling',
    'ThrottledException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'LimitExceededException',
  ],
  'service-failing': [
    'InternalServerError',
    'InternalServerErrorException',
    'ServiceUnavailable',
    'ServiceUnavailableException',
  ],
  'request-refused': ['ValidationException', 'SerializationException', 'UnknownOperationException', 'InvalidAction'],
  'timed-out': ['TimeoutError'],
  cancelled: ['AbortError'],
};

test.each(Object.entries(NAMES).flatMap(([code, names]) => names.map((name) => [name, code] as const)))(
  '%s is %s',
  (name, code) => {
    const error = named(name, 'What was said.\nAnd more.', answered(400));
    expect(faultFrom(error, direct)).toMatchObject({
      name: 'ReadFault',
      code,
      message: 'What was said.',
      errorName: name,
      cause: error,
      action: null,
      resource: null,
      fix: null,
    });
  },
);

test.each<[string, unknown, FaultCode, string]>([
  ['no answer in JSON', new SyntaxError('x'), 'unexpected-answer', "Received an answer that is not DynamoDB's JSON."],
  [
    'an answer in no JSON',
    named('SyntaxError', 'x', answered(403)),
    'unexpected-answer',
    "Received answer 403 that is not DynamoDB's JSON.",
  ],
  [
    'an answer 499 in no JSON',
    named('SyntaxError', 'x', answered(499)),
    'unexpected-answer',
    "Received answer 499 that is not DynamoDB's JSON.",
  ],
  [
    'an answer 500 in no JSON',
    named('SyntaxError', 'x', answered(500)),
    'service-failing',
    'The service answered 500.',
  ],
  ['a clock behind', named('InvalidSignatureException', 'Signature expired: a'), 'clock-wrong', 'Signature expired: a'],
  [
    'a clock ahead',
    named('InvalidSignatureException', 'Signature not yet current: a'),
    'clock-wrong',
    'Signature not yet current: a',
  ],
  ['another error of that text', named('AccessDenied', 'Signature expired'), 'access-denied', 'Signature expired'],
  [
    'keys of another name',
    named('ValidationException', 'The provided key element does not match the schema', answered(400)),
    'keys-unsuitable',
    'The table does not have the keys by which it was asked.',
  ],
  [
    'an item without the key',
    named('ValidationException', 'One or more parameter values were invalid: Missing the key pk in the item'),
    'keys-unsuitable',
    'The table does not have the keys by which it was asked.',
  ],
  [
    'another error that speaks of keys',
    named('AccessDenied', 'The provided key element does not match the schema', answered(400)),
    'access-denied',
    'The provided key element does not match the schema',
  ],
  [
    'an SSO session that expired',
    named('CredentialsProviderError', 'The SSO session has expired'),
    'profile-sso-expired',
    'The SSO session has expired',
  ],
  [
    'a token that is invalid',
    named('TokenProviderError', 'Token is invalid'),
    'profile-sso-expired',
    'Token is invalid',
  ],
  ['a token that is not there', named('TokenProviderError', 'No token'), 'credentials-missing', 'No token'],
  [
    'something that has expired',
    named('CredentialsProviderError', 'It has expired'),
    'credentials-missing',
    'It has expired',
  ],
  [
    'another error of that text, too',
    named('CredentialsError', 'token expired'),
    'credentials-missing',
    'token expired',
  ],
  ['429', named('Odd', 'slow', answered(429)), 'throttled', 'slow'],
  ['500', named('Odd', 'x', answered(500)), 'service-failing', 'The service answered 500: x'],
  ['499', named('Odd', 'x', answered(499)), 'request-refused', 'The service answered 499: x'],
  ['400', named('Odd', 'x', answered(400)), 'request-refused', 'The service answered 400: x'],
  ['399', named('Odd', 'x', answered(399)), 'failed', 'x'],
  ['a status that is none', named('Odd', 'x', answered('500')), 'failed', 'x'],
  ['no status', named('Odd', 'x', { $metadata: {} }), 'failed', 'x'],
  ['metadata that are none', named('Odd', 'x', { $metadata: null }), 'failed', 'x'],
  ['metadata that are a text', named('Odd', 'x', { $metadata: 'x' }), 'failed', 'x'],
  ['no message', { name: 'Odd' }, 'failed', 'no message'],
  ['an empty message', { name: 'Odd', message: '' }, 'failed', 'no message'],
  ['a message that is none', { name: 'Odd', message: 5 }, 'failed', 'no message'],
  ['null', null, 'failed', 'no message'],
  ['a long line', named('Odd', 'x'.repeat(401)), 'failed', `${'x'.repeat(400)}…`],
  ['a line that is as long as it may be', named('Odd', 'x'.repeat(400)), 'failed', 'x'.repeat(400)],
  ['a line of the old kind', named('Odd', 'x\ry'), 'failed', 'x'],
])('%s', (_, error, code, message) => {
  expect(faultFrom(error, direct)).toMatchObject({ code, message });
});

describe('no connection', () => {
  const codes = [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    'ERR_SOCKET_CONNECTION_TIMEOUT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_TLS_HANDSHAKE',
    'CERT_HAS_EXPIRED',
    'UNABLE_TO_GET_ISSUER_CERT',
    'DEPTH_ZERO_SELF_SIGNED',
  ];
  const texts = [
    'Failed to fetch',
    'fetch failed',
    'NetworkError when attempting',
    'Load failed',
    'Network request failed',
    'The browser appears to be offline',
    'socket hang up',
    'unable to verify the first certificate',
  ];
  const nested = (depth: number): Error =>
    depth === 0 ? named('Error', 'x', { code: 'ECONNRESET' }) : new Error('above', { cause: nested(depth - 1) });

  test.each([
    ...codes.map((code) => [code, named('TimeoutError', 'x', { code })] as const),
    ...texts.map((text) => [text, new TypeError(text)] as const),
    ['five causes down', nested(5)] as const,
  ])('%s', (_, error) => {
    const message = `No connection to DynamoDB: ${error.message}`;
    expect(faultFrom(error, direct)).toMatchObject({
      code: 'unreachable',
      message,
      cause: error,
    });
    expect(faultFrom(error, local)).toMatchObject({
      code: 'local-server-stopped',
      message: 'The local server does not answer.',
    });
  });

  test.each([
    ['another code', named('TimeoutError', 'x', { code: 'ETIME' }), 'timed-out'],
    ['a code that is a number', named('TimeoutError', 'x', { code: 5 }), 'timed-out'],
    ['a code with those letters', named('TimeoutError', 'x', { code: 'XERR_TLS' }), 'timed-out'],
    ['six causes down', nested(6), 'failed'],
    ['a cause that is none', new Error('x', { cause: 'ECONNRESET' }), 'failed'],
    ['an answer', named('Odd', 'x', { code: 'ECONNRESET', ...answered(400) }), 'request-refused'],
  ])('but not %s', (_, error, code) => {
    expect(faultFrom(error, direct).code).toBe(code);
  });
});

test.each([
  ['User: u is not authorized to perform: dynamodb:Scan on resource: arn:x because y', 'dynamodb:Scan', 'arn:x'],
  ['is not authorized to perform: dynamodb:GetItem', 'dynamodb:GetItem', null],
  ['no, on resource: arn:y', null, 'arn:y'],
  ['no', null, null],
])('of the denial %j', (message, action, resource) => {
  expect(faultFrom(named('AccessDeniedException', message), direct)).toMatchObject({ action, resource });
});

describe('what the local server says', () => {
  test.each<[string, number, FaultCode]>([
    ['Refused', 401, 'local-server-restarted'],
    ['Refused', 403, 'local-server-refused'],
    ['NotAllowed', 401, 'local-call-not-allowed'],
    ['RateLimited', 429, 'local-server-busy'],
    ['ProfileMissing', 422, 'profile-missing'],
    ['ProfileBroken', 422, 'profile-broken'],
    ['SsoExpired', 422, 'profile-sso-expired'],
    ['MfaNeeded', 422, 'profile-mfa-needed'],
    ['HelperFailed', 502, 'profile-helper-failed'],
    ['HelperTimeout', 504, 'profile-helper-timeout'],
    ['StsDenied', 422, 'profile-sts-denied'],
    ['StsUnreachable', 502, 'profile-sts-unreachable'],
    ['Unscopable', 422, 'profile-unscopable'],
    ['EndpointUnreachable', 502, 'endpoint-unreachable'],
    ['Internal', 500, 'local-server-failing'],
  ])('%s with %i', (Code, status, code) => {
    const fault = localServerFault(status, { Code, Message: 'm\nx', Fix: 'run' });
    expect(fault).toMatchObject({ code, message: 'm', fix: 'run', errorName: Code });
    // As the SDK gives it, which takes over the body's fields and calls the message as it likes.
    const error = named('Odd', 'of the SDK', { Code, ...answered(status) });
    expect(faultFrom(error, local)).toMatchObject({ code, message: 'of the SDK', fix: null });
  });

  test('without a message it is its code', () => {
    expect(localServerFault(403, { Code: 'Refused' })?.message).toBe('Refused');
  });
});

test('a fault of which nothing more is known', () => {
  const fault = new ReadFault('failed', 'x');
  expect(fault).toMatchObject({
    name: 'ReadFault',
    action: null,
    resource: null,
    fix: null,
    errorName: null,
  });
  expect('cause' in fault).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { CredentialFault } from '../../src/aws/credential-fault.ts';
import type { ProfilePlan } from '../../src/aws/profile-plan.ts';
import { explainSdkError, type Step, UnnarrowedSession } from '../../src/aws/sdk-fault.ts';

// What an error of the SDK is called: the whole fault. Its own text may hold a secret and is never in it.

const PLAN: ProfilePlan = { profile: 'x', helper: null, roles: [], signIn: null };
const SIGNED_IN: ProfilePlan = {
  ...PLAN,
  signIn: { profile: 'base profile', command: 'aws sso login', session: null },
};

async function explained(error: unknown, plan: ProfilePlan | null = PLAN, step: Step = 'profile') {
  const { code, message, fix } = await explainSdkError(error, plan, step, {});
  return [code, message, fix];
}

const named = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more });
const answered = (status: number, name = 'Odd') => named(name, '', { $metadata: { httpStatusCode: status } });

const WHO = 'aws sts get-caller-identity --profile x';
const UNREACHABLE = ['StsUnreachable', 'Profile x: the sign-in service of AWS cannot be reached.', WHO];
const DENIED = ['StsDenied', 'Profile x: AWS refused to give credentials (the role, or the keys behind it).', WHO];
const BROKEN = [
  'ProfileBroken',
  'Profile x: it gave no credentials. The AWS CLI says more.',
  'aws configure list --profile x',
];
const UNSCOPABLE = [
  'Unscopable',
  'Profile x: AWS did not give a session narrowed to reading the one table, so nothing is handed out.',
  WHO,
];

test('a fault of our own stays as it is', async () => {
  const fault = new CredentialFault('HelperFailed', 'It failed.');
  expect(await explainSdkError(fault, PLAN, 'profile', {})).toBe(fault);
});

describe('an error', () => {
  test.each<[string, unknown, readonly unknown[]]>([
    ['of a session that is not narrowed', new UnnarrowedSession(), UNSCOPABLE],
    ['of a policy that is too large', named('PackedPolicyTooLargeException'), UNSCOPABLE],
    ['of a policy that is none', named('MalformedPolicyDocument'), UNSCOPABLE],
    ...[
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ETIMEDOUT',
      'EPIPE',
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ].map((code): [string, unknown, readonly unknown[]] => [
      `of the network: ${code}`,
      named('Error', '', { code }),
      UNREACHABLE,
    ]),
    ['of the network, by its name', named('TimeoutError'), UNREACHABLE],
    ['of the network, by its message', new Error('self signed certificate'), UNREACHABLE],
    ['of the network, in many', named('AggregateError'), UNREACHABLE],
    [
      'of the network, as a cause',
      new Error('a', { cause: new Error('b', { cause: named('NetworkingError') }) }),
      UNREACHABLE,
    ],
    [
      'of the network, four causes down',
      new Error('0', {
        cause: new Error('1', { cause: new Error('2', { cause: new Error('3', { cause: named('TimeoutError') }) }) }),
      }),
      BROKEN,
    ],
    [
      'of the network, three causes down',
      new Error('0', { cause: new Error('1', { cause: new Error('2', { cause: named('TimeoutError') }) }) }),
      UNREACHABLE,
    ],
    ['that AWS has answered', answered(400), DENIED],
    ['AccessDenied', named('AccessDenied'), DENIED],
    ['ForbiddenException', named('ForbiddenException'), DENIED],
    ['InvalidClientTokenId', named('InvalidClientTokenId'), DENIED],
    ['SignatureDoesNotMatch', named('SignatureDoesNotMatch'), DENIED],
    ['of too few rights', new Error('insufficient permissions'), DENIED],
    [
      'of an environment without keys',
      new Error('Unable to find environment variable credentials.'),
      [
        'ProfileBroken',
        'Profile x takes its credentials from the environment, which has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
        WHO,
      ],
    ],
    ['with metadata that are none', named('Odd', '', { $metadata: null }), BROKEN],
    ['with metadata of no answer', named('Odd', '', { $metadata: {} }), BROKEN],
    ['with metadata that are a text', named('Odd', '', { $metadata: 'x' }), BROKEN],
    ['that nobody knows', new Error('canary-secret'), BROKEN],
    ['that is none', 'AccessDenied', BROKEN],
    ['that is null', null, BROKEN],
  ])('%s', async (_, error, fault) => {
    expect(await explained(error)).toEqual(fault);
  });

  test.each<[Step, string]>([
    ['profile', 'AWS refused to give credentials (the role, or the keys behind it).'],
    [
      'federate',
      'AWS refused to exchange its long-lived keys. Allow sts:GetFederationToken to its user, or name a role in RELEASE_READER_ROLE_ARN.',
    ],
    [
      'reader-role',
      'AWS refused to let it assume the role of RELEASE_READER_ROLE_ARN. The trust policy of the role must name it.',
    ],
  ])('that AWS has answered, at the step %s', async (step, words) => {
    expect(await explained(answered(403), PLAN, step)).toEqual(['StsDenied', `Profile x: ${words}`, WHO]);
  });

  test('of the environment’s credentials names no profile', async () => {
    const whoAmI = 'aws sts get-caller-identity';
    expect(await explained(answered(403), null)).toEqual([
      'StsDenied',
      'The credentials of the environment: AWS refused to give credentials (the role, or the keys behind it).',
      whoAmI,
    ]);
    expect(await explained(new Error('odd'), null)).toEqual([
      'ProfileBroken',
      'The credentials of the environment: it gave no credentials. The AWS CLI says more.',
      whoAmI,
    ]);
  });
});

describe('a sign-in', () => {
  const EXPIRED = [
    'SsoExpired',
    'The sign-in of profile base profile has expired or was never made.',
    "aws sso login --profile 'base profile'",
  ];

  test.each<[string, unknown]>([
    ['that is not taken', named('UnauthorizedException', '', { $metadata: { httpStatusCode: 401 } })],
    ['that the SDK asks for', new Error('To refresh this SSO session run aws sso login')],
    ['whose session has ended', new Error('The SSO session has ended')],
    ['that is asked for again', new Error('Your session has expired. Please reauthenticate.')],
    ['that is asked for again, in other letters', new Error('re-authenticate')],
    ['whose grant is not taken', named('InvalidGrantException')],
    ['whose token has expired', named('ExpiredTokenException')],
    ['whose token is said to have expired', new Error('Token is expired.')],
    ['whose token is not there', new Error('Failed to load a token for session')],
    ['whose token is not there, in other words', new Error('Failed to load token')],
    ['whose key is broken', new Error('Failed to generate Dpop proof')],
  ])('%s, has expired', async (_, error) => {
    expect(await explained(error, SIGNED_IN)).toEqual(EXPIRED);
  });

  test.each<[string, unknown, string]>([
    ['for a role that it may not take', named('ForbiddenException', 'SSO session'), 'StsDenied'],
    ['of too few rights', new Error('SSO session: insufficient permissions'), 'StsDenied'],
    [
      'that cannot be renewed for the network',
      new Error('Failed to refresh token: ECONNREFUSED, reauthenticate'),
      'StsUnreachable',
    ],
    ['that cannot be renewed', new Error('Failed to refresh token: reauthenticate'), 'SsoExpired'],
    ['that the network keeps away', new Error('SSO session: ECONNREFUSED'), 'SsoExpired'],
  ])('%s', async (_, error, code) => {
    expect((await explained(error, SIGNED_IN))[0]).toBe(code);
  });

  test.each<[string, ProfilePlan, Step]>([
    ['after it was made', SIGNED_IN, 'reader-role'],
    ['in the exchange', SIGNED_IN, 'federate'],
    ['of a profile without one', PLAN, 'profile'],
  ])('is not what failed %s', async (_, plan, step) => {
    expect((await explained(named('ExpiredToken'), plan, step))[0]).toBe('ProfileBroken');
  });
});

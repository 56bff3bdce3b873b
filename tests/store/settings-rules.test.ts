import { describe, expect, test } from 'vitest';
import { type ProfileSays, readSettings, type SettingsOptions } from '../../src/store/settings.ts';

// Settings word by word: what is taken, what is not, and what is said of it.

type Env = Readonly<Record<string, string | undefined>>;
const AWS = { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1' };
const ROLE = 'arn:aws:iam::123456789012:role/reader';

function settings(env: Env, options?: SettingsOptions) {
  const read = readSettings(env, options);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.settings;
}
function faults(env: Env, options?: SettingsOptions): readonly (readonly string[])[] {
  const read = readSettings(env, options);
  return read.ok ? [] : read.faults.map(({ variable, expected, received }) => [variable, expected, received]);
}
const namesOf = (env: Env) => faults(env).map(([variable]) => variable);
const says = (more: Partial<ProfileSays> = {}): ProfileSays => ({
  profile: 'dev',
  endpoint: null,
  ignoresEndpoints: false,
  missingServices: null,
  keyId: null,
  ...more,
});

test.each([
  ['on', 'on', [true, 'slow', true]],
  ['fast', '', [true, 'fast', false]],
  ['off', 'off', [false, 'slow', false]],
] as const)('SIMULATED_CI=%s SHARED_MACHINE=%s', (ci, shared, expected) => {
  const { simulatedCi, simulatedCiPace, sharedMachine } = settings({ SIMULATED_CI: ci, SHARED_MACHINE: shared });
  expect([simulatedCi, simulatedCiPace, sharedMachine]).toEqual(expected);
});

test.each([
  ['SIMULATED_CI', '"on", "fast" or "off"'],
  ['SHARED_MACHINE', '"on" or "off"'],
])('%s takes nothing else', (name, expected) => {
  expect(faults({ [name]: 'yes' })).toEqual([[name, expected, '"yes"']]);
});

test.each(['profile', 'environment'])('AWS_CREDENTIALS=%s is taken', (asked) => {
  expect(faults({ ...AWS, AWS_CREDENTIALS: asked })).toEqual([]);
});

test('each variable is faulted once, with its first fault', () => {
  const names = namesOf({
    AWS_PROFILE: 'a b',
    AWS_REGION: 'nowhere',
    RELEASE_TABLE: 'arn:aws:dynamodb:nowhere:1:table/x',
  });
  expect(names).toEqual([...new Set(names)]);
  const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Fragments';
  expect(faults({ ...AWS, AWS_REGION: 'nowhere', RELEASE_TABLE: table })).toEqual([
    ['AWS_REGION', 'a region such as eu-central-1', '"nowhere"'],
  ]);
  const keys = {
    AWS_CREDENTIALS: 'environment',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'a b',
    AWS_SECRET_ACCESS_KEY: '',
  };
  expect(namesOf(keys)).toEqual(['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID']);
});

describe('the address of a table in AWS', () => {
  test.each([
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments', []],
    ['arn:aws-cn:dynamodb:cn-north-1:123456789012:table/Fragments', []],
    ['x arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments', ['RELEASE_TABLE']],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments/x', ['RELEASE_TABLE']],
    ['arn:aws1:dynamodb:eu-west-1:123456789012:table/Fragments', ['RELEASE_TABLE']],
    ['arn:aws-cn:dynamodb:eu-west-1:123456789012:table/Fragments', ['RELEASE_TABLE']],
    ['arn:aws:dynamodb:nowhere:123456789012:table/Fragments', ['RELEASE_TABLE']],
  ])('%s', (table, expected) => {
    expect(namesOf({ AWS_PROFILE: 'dev', RELEASE_TABLE: table }).filter((name) => name === 'RELEASE_TABLE')).toEqual(
      expected,
    );
  });

  test('and a region that says the same, or another', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments';
    expect(faults({ AWS_PROFILE: 'dev', RELEASE_TABLE: table, AWS_REGION: 'eu-west-1' })).toEqual([]);
    expect(faults({ AWS_PROFILE: 'dev', RELEASE_TABLE: table, AWS_REGION: 'eu-central-1' })).toEqual([
      ['AWS_REGION', 'eu-west-1, as the ARN in RELEASE_TABLE says', '"eu-central-1"'],
    ]);
  });
});

test('of a table that is named by its address an emulator is asked by the bare name', () => {
  const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments';
  expect(settings({ RELEASE_TABLE: table, DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' })).toMatchObject({
    source: { kind: 'loopback' },
    region: 'eu-west-1',
    table: 'Fragments',
    tableName: 'Fragments',
  });
});

test.each([
  [ROLE, []],
  ['arn:aws-us-gov:iam::123456789012:role/path/reader', []],
  [`x ${ROLE}`, ['RELEASE_READER_ROLE_ARN']],
  ['arn:aws9:iam::123456789012:role/reader', ['RELEASE_READER_ROLE_ARN']],
  [`${ROLE} x`, ['RELEASE_READER_ROLE_ARN']],
])('the role %s', (role, expected) => {
  expect(namesOf({ ...AWS, RELEASE_READER_ROLE_ARN: role })).toEqual(expected);
});

describe('endpoints', () => {
  const local = 'http://127.0.0.1:8000';
  test.each([
    ['true', 'embedded'],
    ['TRUE', 'embedded'],
    ['xtrue', 'loopback'],
    ['truex', 'loopback'],
    ['false', 'loopback'],
  ])('of other programs are not used where AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is %s: %s', (ignored, kind) => {
    const env = { AWS_ENDPOINT_URL: local, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ignored };
    expect(settings(env).source.kind).toBe(kind);
  });

  test.each([
    'https://user@host',
    'https://user:pw@host',
    'https://:pw@host',
    'https://host/@',
    'https://host/path',
    'https://host?q',
    'https://host#f',
    'http://host',
    'ftp://host',
    'https://ho st',
    'https://host\\x',
    'https://host\n',
    'host',
    'xhttps://host',
  ])('%s is none', (text) => {
    expect(namesOf({ ...AWS, DYNAMODB_ENDPOINT: text })).toEqual(['DYNAMODB_ENDPOINT']);
  });

  test.each(['https://host', 'https://host/', 'https://host:8443', 'http://localhost:1', 'http://[::1]:8000'])(
    '%s is one',
    (text) => {
      expect(namesOf({ ...AWS, DYNAMODB_ENDPOINT: text })).toEqual([]);
    },
  );
});

describe('variables of the AWS tools that would change the address', () => {
  const EXPECTED = 'nothing, or the address itself in DYNAMODB_ENDPOINT, as other endpoints are not made up here';
  test.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'])('%s', (name) => {
    expect(faults({ ...AWS, [name]: 'true' })).toEqual([[name, EXPECTED, '"true"']]);
    expect(faults({ ...AWS, [name]: 'TRUE' })).toHaveLength(1);
    for (const other of ['false', 'xtrue', 'truex']) expect(faults({ ...AWS, [name]: other })).toEqual([]);
    expect(faults({ ...AWS, [name]: 'true', DYNAMODB_ENDPOINT: 'https://host' })).toEqual([]);
  });
});

describe('a profile that is not named', () => {
  test.each([
    [{ DYNAMODB_ENDPOINT: 'https://host' }, 'a profile to call DYNAMODB_ENDPOINT with, as it is not on this machine'],
    [
      { RELEASE_TABLE: 'Table' },
      'a profile that may read the table of RELEASE_TABLE (or AWS_CREDENTIALS=environment; for an emulator DYNAMODB_ENDPOINT)',
    ],
    [{ RELEASE_READER_ROLE_ARN: ROLE }, 'a profile to assume the role of RELEASE_READER_ROLE_ARN with'],
  ])('%j', (env, expected) => {
    expect(faults({ AWS_REGION: 'eu-central-1', ...env })).toEqual([['AWS_PROFILE', expected, 'nothing']]);
  });
});

describe('what is not used is said', () => {
  const PROXY = 'The proxy in HTTPS_PROXY is not used: the local server calls AWS directly.';
  const local = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' };
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
  test.each<[string, Env, readonly string[]]>([
    ['a proxy', { ...AWS, HTTPS_PROXY: 'http://p' }, [PROXY]],
    ['a proxy in small letters', { ...AWS, https_proxy: 'http://p' }, [PROXY]],
    ['a proxy, to an emulator, which is not called by one', { ...local, HTTPS_PROXY: 'http://p' }, []],
    ['a proxy, with the demo', { HTTPS_PROXY: 'http://p' }, []],
    [
      'a role, to an emulator',
      { ...local, RELEASE_READER_ROLE_ARN: ROLE },
      ['RELEASE_READER_ROLE_ARN is not used: an emulator is read without AWS credentials.'],
    ],
    [
      'keys beside a profile',
      { ...AWS, ...keys },
      ['AWS_PROFILE (dev) is used; the AWS keys in the environment are not.'],
    ],
    [
      'keys beside a profile, asked for',
      { ...AWS, AWS_CREDENTIALS: 'environment' },
      ['AWS_PROFILE (dev) is used; the AWS keys in the environment are not.'],
    ],
    [
      'half a key beside a profile',
      { ...AWS, AWS_SECRET_ACCESS_KEY: 's' },
      ['AWS_PROFILE (dev) is used; the AWS keys in the environment are not.'],
    ],
  ])('%s', (_, env, notices) => {
    expect(settings(env).notices).toEqual(notices);
  });
});

test.each<[string, Env, ProfileSays | null, string]>([
  ['of the environment', { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' }, says({ keyId: 'P' }), 'AKIA'],
  ['of the profile, beside half a key', { AWS_ACCESS_KEY_ID: 'AKIA' }, says({ keyId: 'P' }), 'P'],
  ['of the profile, beside a secret', { AWS_SECRET_ACCESS_KEY: 's' }, says({ keyId: 'P' }), 'P'],
  ['of nobody', {}, says(), 'releasematrix'],
  ['of nobody, beside half a key', { AWS_ACCESS_KEY_ID: 'AKIA' }, null, 'releasematrix'],
  ['that is none', { AWS_ACCESS_KEY_ID: 'A B', AWS_SECRET_ACCESS_KEY: 's' }, null, 'releasematrix'],
])('an emulator is called by the key id %s', (_, env, profileSays, keyId) => {
  const { source } = settings({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000', ...env }, { profileSays });
  expect(source).toMatchObject({ kind: 'loopback', keyId });
});

describe('key names', () => {
  const named = (length: number) => faults({ RELEASE_KEY_NAMES: `${'k'.repeat(length)},sk` });
  test('of 255 bytes are taken, and longer ones are not', () => {
    expect([named(255).length, named(256).length]).toEqual([0, 1]);
    expect(faults({ RELEASE_KEY_NAMES: `${'é'.repeat(128)},sk` })).toHaveLength(1);
  });
});

describe('what was received', () => {
  const received = (name: string, value: string) =>
    faults({ ...AWS, [name]: value }).find(([variable]) => variable === name)?.[2];

  test('is quoted up to sixty letters', () => {
    expect(received('PORT', 'x'.repeat(60).replaceAll('x', '-'))).toBe(JSON.stringify('-'.repeat(60)));
    expect(received('PORT', '-'.repeat(61))).toBe(`${JSON.stringify('-'.repeat(60))}… (61 characters)`);
  });

  test.each([
    ['AKIAABCDEFGHIJKL', 'a value of 16 characters, not shown'],
    ['ASIAABCDEFGHIJKL', 'a value of 16 characters, not shown'],
    ['AKIAABCDEFGHIJK', '"AKIAABCDEFGHIJK"'],
    ['a'.repeat(40), 'a value of 40 characters, not shown'],
    ['a'.repeat(39), `"${'a'.repeat(39)}"`],
    ['x:y@z', 'a value of 5 characters, not shown'],
    ['x@y', '"x@y"'],
  ])('is not quoted where it may be a secret: %s', (value, words) => {
    expect(received('PORT', value)).toBe(words);
  });

  test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])('is never quoted of %s', (name) => {
    const env = {
      AWS_CREDENTIALS: 'environment',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    };
    expect(faults({ ...env, [name]: 'a b' })).toEqual([
      [name, 'a value without white space', 'a value of 3 characters, not shown'],
    ]);
  });
});

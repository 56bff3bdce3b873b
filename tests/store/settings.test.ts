import { describe, expect, test } from 'vitest';
import { type ProfileSays, readSettings, type Settings, type SettingsOptions } from '../../src/store/settings.ts';

const DEFAULTS = {
  source: { kind: 'embedded' },
  region: 'us-east-1',
  table: 'ReleaseFragments',
  tableName: 'ReleaseFragments',
  keyNames: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
  policyFile: null,
  readerRoleArn: null,
  port: 5179,
  simulatedCi: true,
  simulatedCiPace: 'slow',
  embeddedFolder: null,
  sharedMachine: false,
  notices: [],
};
const ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Fragments';
const ROLE = 'arn:aws:iam::123456789012:role/release-reader';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'geheim' };
const profile = { kind: 'profile', profile: 'dev' } as const;
const endpoint = 'https://dynamodb.eu-central-1.amazonaws.com';

describe('settings that are taken', () => {
  test.each<[string, Record<string, string | undefined>, Partial<Settings>]>([
    ['nothing', {}, {}],
    [
      'a folder for the embedded table, in which no simulated CI publishes',
      { EMBEDDED_TABLE_FOLDER: 'data/table' },
      { embeddedFolder: 'data/table', simulatedCi: false },
    ],
    ['a policy file', { RELEASE_POLICY: 'policy.json' }, { policyFile: 'policy.json' }],
    ['empty variables', { RELEASE_POLICY: '', AWS_PROFILE: '', AWS_REGION: '', PORT: '', DYNAMODB_ENDPOINT: '' }, {}],
    [
      'a profile',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1' },
      { source: { kind: 'aws', credentials: profile, endpoint }, region: 'eu-central-1' },
    ],
    [
      'E17: a profile in China',
      { AWS_PROFILE: 'dev', AWS_REGION: 'cn-north-1' },
      {
        source: { kind: 'aws', credentials: profile, endpoint: 'https://dynamodb.cn-north-1.amazonaws.com.cn' },
        region: 'cn-north-1',
      },
    ],
    [
      'a profile and the default region of the AWS CLI',
      { AWS_PROFILE: 'dev', AWS_DEFAULT_REGION: 'eu-central-1' },
      { source: { kind: 'aws', credentials: profile, endpoint }, region: 'eu-central-1' },
    ],
    [
      'a region goes before the default, whatever that is',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'nonsense' },
      { source: { kind: 'aws', credentials: profile, endpoint }, region: 'eu-central-1' },
    ],
    [
      'an ARN goes before the default region',
      { AWS_PROFILE: 'dev', AWS_DEFAULT_REGION: 'eu-central-1', RELEASE_TABLE: ARN },
      {
        source: { kind: 'aws', credentials: profile, endpoint: 'https://dynamodb.eu-west-1.amazonaws.com' },
        region: 'eu-west-1',
        table: ARN,
        tableName: 'Fragments',
      },
    ],
    [
      'a name for the embedded table that is kept',
      { RELEASE_TABLE: 'Fragments', EMBEDDED_TABLE_FOLDER: 'data' },
      { table: 'Fragments', tableName: 'Fragments', embeddedFolder: 'data', simulatedCi: false },
    ],
    [
      'an emulator by the key of the environment',
      { ...KEYS, DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' },
      { source: { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'AKIAEXAMPLE' } },
    ],
    [
      'an emulator by no half a key, nor by one with white space',
      { AWS_ACCESS_KEY_ID: 'AKIA EXAMPLE', AWS_SECRET_ACCESS_KEY: 's', DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' },
      { source: { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'releasematrix' } },
    ],
    [
      'a reader role for an emulator: says that it is not used',
      { RELEASE_READER_ROLE_ARN: ROLE, DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' },
      {
        source: { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'releasematrix' },
        readerRoleArn: ROLE,
        notices: ['RELEASE_READER_ROLE_ARN is not used: an emulator is read without AWS credentials.'],
      },
    ],
    [
      'a profile and an endpoint of its own',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', DYNAMODB_ENDPOINT: 'https://vpce-1.example.com' },
      { source: { kind: 'aws', credentials: profile, endpoint: 'https://vpce-1.example.com' }, region: 'eu-central-1' },
    ],
    [
      'an ARN gives the region',
      { AWS_PROFILE: 'dev', RELEASE_TABLE: ARN },
      {
        source: { kind: 'aws', credentials: profile, endpoint: 'https://dynamodb.eu-west-1.amazonaws.com' },
        region: 'eu-west-1',
        table: ARN,
        tableName: 'Fragments',
      },
    ],
    [
      'a loopback endpoint',
      { DYNAMODB_ENDPOINT: 'http://localhost:8000/' },
      { source: { kind: 'loopback', endpoint: 'http://localhost:8000', keyId: 'releasematrix' } },
    ],
    [
      'a loopback endpoint in IPv6',
      { DYNAMODB_ENDPOINT: 'http://[::1]:8000' },
      { source: { kind: 'loopback', endpoint: 'http://[::1]:8000', keyId: 'releasematrix' } },
    ],
    [
      'a loopback endpoint and a profile: says that the profile is not used',
      { DYNAMODB_ENDPOINT: 'https://127.0.0.1:4566', AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1' },
      {
        source: { kind: 'loopback', endpoint: 'https://127.0.0.1:4566', keyId: 'releasematrix' },
        region: 'eu-central-1',
        notices: [
          'DYNAMODB_ENDPOINT is on this machine: it is read without AWS credentials, AWS_PROFILE (dev) is not used.',
        ],
      },
    ],
    [
      'E5: environment keys nobody asked for',
      { ...KEYS, AWS_REGION: 'eu-central-1' },
      {
        region: 'eu-central-1',
        notices: [
          'The AWS keys in the environment are not used: name a profile in AWS_PROFILE, or set AWS_CREDENTIALS=environment.',
        ],
      },
    ],
    [
      'E3: broken environment keys nobody asked for are no reason not to start',
      { AWS_ACCESS_KEY_ID: 'AKIA ENV\n' },
      {
        notices: [
          'The AWS keys in the environment are not used: name a profile in AWS_PROFILE, or set AWS_CREDENTIALS=environment.',
        ],
      },
    ],
    [
      'environment keys, asked for',
      { ...KEYS, AWS_REGION: 'eu-central-1', AWS_CREDENTIALS: 'environment' },
      { source: { kind: 'aws', credentials: { kind: 'environment' }, endpoint }, region: 'eu-central-1' },
    ],
    [
      'E5: a profile and environment keys: the profile is used, and said to be',
      { ...KEYS, AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', AWS_CREDENTIALS: 'environment' },
      {
        source: { kind: 'aws', credentials: profile, endpoint },
        region: 'eu-central-1',
        notices: ['AWS_PROFILE (dev) is used; the AWS keys in the environment are not.'],
      },
    ],
    [
      'the rest',
      {
        AWS_PROFILE: 'dev',
        AWS_REGION: 'eu-central-1',
        RELEASE_TABLE: 'My.Table_1-x',
        RELEASE_KEY_NAMES: 'pk, sk',
        POLL_INTERVAL_SECONDS: '3600',
        READ_UNITS_PER_HOUR: '5000',
        PORT: '65535',
        SIMULATED_CI: 'off',
        SHARED_MACHINE: 'on',
        RELEASE_READER_ROLE_ARN: ROLE,
      },
      {
        source: { kind: 'aws', credentials: profile, endpoint },
        region: 'eu-central-1',
        table: 'My.Table_1-x',
        tableName: 'My.Table_1-x',
        keyNames: { release: 'pk', component: 'sk' },
        pollIntervalMs: 3_600_000,
        readUnitsPerHour: 5_000,
        port: 65_535,
        simulatedCi: false,
        sharedMachine: true,
        readerRoleArn: ROLE,
      },
    ],
    [
      'E20: a proxy is not used for AWS, and that is said',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', HTTPS_PROXY: 'http://user:geheim@proxy:3128' },
      {
        source: { kind: 'aws', credentials: profile, endpoint },
        region: 'eu-central-1',
        notices: ['The proxy in HTTPS_PROXY is not used: the local server calls AWS directly.'],
      },
    ],
    ['E20: a proxy says nothing of a table on this machine', { https_proxy: 'http://proxy:3128' }, {}],
  ])('%s', (_, environment, expected) => {
    // A table in AWS costs money.
    const budget = expected.source?.kind === 'aws' ? { readUnitsPerHour: 40_000 } : {};
    expect(readSettings(environment)).toEqual({ ok: true, settings: { ...DEFAULTS, ...budget, ...expected } });
  });

  const LOCAL = 'http://127.0.0.1:4566';
  const FAR = 'https://vpce-1.example.com';
  const DEV = { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1' };
  const says = (more: Partial<ProfileSays>): SettingsOptions => ({
    profileSays: {
      profile: 'dev',
      endpoint: null,
      ignoresEndpoints: false,
      missingServices: null,
      keyId: null,
      ...more,
    },
  });

  test.each<[string, Record<string, string>, SettingsOptions, string, string | null]>([
    ['AWS_ENDPOINT_URL', { ...DEV, AWS_ENDPOINT_URL: LOCAL }, {}, LOCAL, 'AWS_ENDPOINT_URL'],
    [
      'AWS_ENDPOINT_URL_DYNAMODB, before AWS_ENDPOINT_URL',
      { ...DEV, AWS_ENDPOINT_URL_DYNAMODB: LOCAL, AWS_ENDPOINT_URL: FAR },
      {},
      LOCAL,
      'AWS_ENDPOINT_URL_DYNAMODB',
    ],
    [
      'DYNAMODB_ENDPOINT before both',
      { ...DEV, DYNAMODB_ENDPOINT: FAR, AWS_ENDPOINT_URL_DYNAMODB: LOCAL, AWS_ENDPOINT_URL: LOCAL },
      {},
      FAR,
      null,
    ],
    ['far away', { ...DEV, AWS_ENDPOINT_URL: FAR }, {}, FAR, 'AWS_ENDPOINT_URL'],
    ['of the profile', DEV, says({ endpoint: LOCAL }), LOCAL, 'endpoint_url of profile dev'],
    [
      'of a variable, before the profile',
      { ...DEV, AWS_ENDPOINT_URL: FAR },
      says({ endpoint: LOCAL }),
      FAR,
      'AWS_ENDPOINT_URL',
    ],
    [
      'ignored by the profile',
      { ...DEV, AWS_ENDPOINT_URL: FAR },
      says({ endpoint: LOCAL, ignoresEndpoints: true }),
      endpoint,
      null,
    ],
    [
      'ignored by a variable',
      { ...DEV, AWS_ENDPOINT_URL: FAR, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      says({ endpoint: LOCAL }),
      endpoint,
      null,
    ],
    [
      'not ignored, as a variable goes before the profile',
      { ...DEV, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
      says({ endpoint: LOCAL, ignoresEndpoints: true }),
      LOCAL,
      'endpoint_url of profile dev',
    ],
    ['of an emulator, without a profile', { AWS_ENDPOINT_URL: LOCAL }, {}, LOCAL, null],
  ])('the endpoint that the AWS tools would call, %s, and the words for it', (_, environment, options, url, named) => {
    const read = readSettings(environment, options);
    const settings = read.ok ? read.settings : null;
    expect([settings?.source, settings?.notices]).toMatchObject([
      { endpoint: url, kind: url === LOCAL ? 'loopback' : 'aws' },
      named === null ? [] : [expect.stringContaining(named)],
    ]);
  });

  test.each(['http://localstack:4566', FAR])('%s of other tools keeps nobody from seeing the demo', (url) => {
    expect(readSettings({ AWS_ENDPOINT_URL: url })).toEqual({
      ok: true,
      settings: { ...DEFAULTS, notices: ['AWS_ENDPOINT_URL is not used, as neither a table nor a profile is named.'] },
    });
  });

  test('an emulator is called by the key of the profile, after that of the environment', () => {
    const keyIdOf = (environment: Record<string, string>) => {
      const read = readSettings({ ...DEV, AWS_ENDPOINT_URL: LOCAL, ...environment }, says({ keyId: 'test' }));
      return read.ok && read.settings.source.kind === 'loopback' ? read.settings.source.keyId : null;
    };
    expect([keyIdOf({}), keyIdOf(KEYS)]).toEqual(['test', 'AKIAEXAMPLE']);
  });

  test('services that the profile names and that are not there are a fault', () => {
    expect(readSettings(DEV, says({ missingServices: 'local' }))).toEqual({
      ok: false,
      faults: [
        {
          variable: 'services of profile dev',
          expected: 'the section [services local], in the AWS config file',
          received: 'nothing',
        },
      ],
    });
  });

  test('a table of the caller’s own is shown under its name, wherever else one may be', () => {
    const environment = { RELEASE_TABLE: 'Loaded', AWS_ENDPOINT_URL: LOCAL };
    expect(readSettings(environment, { ownTable: true })).toMatchObject({
      ok: true,
      settings: { source: { kind: 'embedded' }, table: 'Loaded', notices: [] },
    });
  });

  test.each([
    ['a table in AWS, by default', { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1' }, 40_000],
    [
      'a table in AWS, as set',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', READ_UNITS_PER_HOUR: '250000' },
      250_000,
    ],
    ['an emulator, by default', { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' }, null],
    ['an emulator, as set', { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000', READ_UNITS_PER_HOUR: '5000' }, 5_000],
  ])('what may be read in an hour: %s', (_, environment, readUnitsPerHour) => {
    expect(readSettings(environment)).toMatchObject({ ok: true, settings: { readUnitsPerHour } });
  });

  test.each(['dev', 'acme/Admin', 'a.b@c+d=e:f,g', 'x'.repeat(128)])('profile %s', (name) => {
    expect(readSettings({ AWS_PROFILE: name, AWS_REGION: 'eu-central-1' }).ok).toBe(true);
  });
});

describe('settings that are refused', () => {
  test.each([
    [
      'E2: AWS_PROFILE',
      ['../x', 'a/../b', '/x', 'a\nb', 'a b', ' dev', '-x', 'x'.repeat(129), 'x'.repeat(1000), 'ä', '$(id)'],
    ],
    ['AWS_DEFAULT_REGION', ['us-east1', 'local']],
    ['E7: AWS_REGION', ['us-east1', 'US-EAST-1', 'us-east-1 ', 'evil.com/#', 'us-east-10', 'local', '..']],
    ['AWS_CREDENTIALS', ['yes', 'Environment']],
    [
      'E8: RELEASE_TABLE',
      ['ab', 'x'.repeat(256), 'a/b', 'a*b', 'a b', 'arn:aws:s3:::x', `${ARN}/index/i`, ARN.replace('aws', 'aws-cn')],
    ],
    [
      'E9: DYNAMODB_ENDPOINT',
      [
        'http://evil.com',
        'ftp://127.0.0.1',
        '127.0.0.1:8000',
        'localhost:8000',
        'http://127.0.0.1.evil.com',
        'http://0.0.0.0:8000',
        'http://192.168.1.7:8000',
        'http://127.0.0.1:8000/path',
        'http://127.0.0.1:8000/?q',
        'http://127.0.0.1:8000/#f',
        'https://',
        'http://127.0.0.1:99999',
        'http:\\\\127.0.0.1',
        ' http://127.0.0.1:8000',
        'file:///etc/passwd',
      ],
    ],
    ['RELEASE_KEY_NAMES', ['version', 'a,b,c', 'a,a', 'a,', ',b', ',', `a,${'ä'.repeat(128)}`]],
    ['E12: POLL_INTERVAL_SECONDS', ['0', '-1', '1', '3601', '1e9', 'NaN', '5s', '5.5', ' 5', '0x5']],
    ['E10: PORT', ['0', '-1', '80', '1023', '65536', '70000', 'abc', '5173 ', '5e3']],
    ['EMBEDDED_TABLE_FOLDER', ['a\nb', '\u0000', 'x'.repeat(1001)]],
    ['SIMULATED_CI', ['true', '1', 'ON']],
    [
      'E17: RELEASE_READER_ROLE_ARN',
      ['reader', 'arn:aws:iam::1:role/x', 'arn:aws:iam::123456789012:user/x', `${ROLE} `],
    ],
  ])('%s', (numbered, values) => {
    const variable = numbered.split(': ').at(-1) ?? '';
    for (const value of values) {
      const result = readSettings({
        [variable]: value,
        ...(variable === 'AWS_PROFILE' ? { AWS_REGION: 'eu-west-1' } : {}),
        // What names a table or a role in AWS wants a profile for it.
        ...(/^RELEASE_(?:TABLE|READER)/.test(variable) ? { AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' } : {}),
      });
      const faults = result.ok ? [] : result.faults;
      expect([value, faults.map((fault) => fault.variable)]).toEqual([value, [variable]]);
    }
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['a profile without a region', { AWS_PROFILE: 'dev' }, ['AWS_REGION']],
    [
      'a far endpoint without a profile',
      { DYNAMODB_ENDPOINT: 'https://x.example', AWS_REGION: 'eu-west-1' },
      ['AWS_PROFILE'],
    ],
    [
      'E4: a key id without its secret',
      { AWS_CREDENTIALS: 'environment', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'A' },
      ['AWS_SECRET_ACCESS_KEY'],
    ],
    [
      'E4: no keys at all',
      { AWS_CREDENTIALS: 'environment' },
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'],
    ],
    [
      'E3: white space in a key',
      { ...KEYS, AWS_CREDENTIALS: 'environment', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIA ENV\n' },
      ['AWS_ACCESS_KEY_ID'],
    ],
    [
      'an ARN of another region',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-central-1', RELEASE_TABLE: ARN },
      ['AWS_REGION'],
    ],
    [
      'a table and nobody to read it, where the demo would be shown under its name',
      { RELEASE_TABLE: 'Fragments', AWS_REGION: 'eu-central-1' },
      ['AWS_PROFILE'],
    ],
    [
      'a reader role and nobody to assume it',
      { RELEASE_READER_ROLE_ARN: ROLE, AWS_REGION: 'eu-west-1' },
      ['AWS_PROFILE'],
    ],
    [
      'an address of the AWS tools that would send credentials in the clear',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://localstack:4566' },
      ['AWS_ENDPOINT_URL'],
    ],
    [
      'the same for DynamoDB alone, for a table that is named',
      { RELEASE_TABLE: 'Fragments', AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_DYNAMODB: 'localhost:8000' },
      ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_PROFILE'],
    ],
    [
      'endpoints that the AWS tools would make up',
      {
        AWS_PROFILE: 'dev',
        AWS_REGION: 'eu-west-1',
        AWS_USE_FIPS_ENDPOINT: 'true',
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
      },
      ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
    ],
    [
      'everything at once',
      { AWS_PROFILE: '../x', RELEASE_TABLE: '*', PORT: '80', POLL_INTERVAL_SECONDS: '5s', SIMULATED_CI: 'maybe' },
      ['AWS_PROFILE', 'RELEASE_TABLE', 'POLL_INTERVAL_SECONDS', 'PORT', 'SIMULATED_CI', 'AWS_REGION'],
    ],
  ])('%s', (_, environment, variables) => {
    const result = readSettings(environment);
    expect(result.ok ? [] : result.faults.map((fault) => fault.variable)).toEqual(variables);
  });

  test('a fault names the accepted form and what came', () => {
    expect(readSettings({ POLL_INTERVAL_SECONDS: '5s' })).toEqual({
      ok: false,
      faults: [
        {
          variable: 'POLL_INTERVAL_SECONDS',
          expected: 'whole seconds from 2 to 3600, digits only: 5',
          received: '"5s"',
        },
      ],
    });
  });

  test.each<[string, Record<string, string>]>([
    [
      'a key with white space',
      { AWS_CREDENTIALS: 'environment', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'GEHEIM x' },
    ],
    ['a password in an endpoint', { DYNAMODB_ENDPOINT: 'https://user:GEHEIM@h' }],
    [
      'a password in an endpoint of the AWS tools',
      { AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'https://user:GEHEIM@h' },
    ],
    ['a secret key in the wrong variable', { AWS_PROFILE: ` GEHEIM${'a'.repeat(40)}` }],
    ['a key id in the wrong variable', { AWS_REGION: 'AKIAGEHEIM1234567890' }],
  ])('%s is not echoed', (_, environment) => {
    const result = readSettings(environment);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('GEHEIM');
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readProfileFiles, settleProfilePaths } from '../../src/aws/profile-files.ts';
import { readProfileSays } from '../../src/aws/profile-says.ts';

// What is read out of the AWS config files, whole.

const home = mkdtempSync(join(tmpdir(), 'release-matrix-profiles-'));
beforeEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), content);
  }
}

const plain = (sections: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...sections].map(([name, section]) => [name, Object.fromEntries(section)]));

async function read(env: NodeJS.ProcessEnv = {}) {
  const result = await readProfileFiles({ HOME: home, ...env });
  if (!result.ok) return result.reason.replace(home, '~');
  const { profiles, ssoSessions, services, headings, absent } = result.files;
  return { profiles: plain(profiles), ssoSessions: plain(ssoSessions), services: plain(services), headings, absent };
}

const NOTHING = { profiles: {}, ssoSessions: {}, services: {}, headings: [], absent: [] };

test('nothing is there', async () => {
  expect(await read()).toEqual(NOTHING);
});

test('both files: sections by their kind, and what the credentials file says goes first', async () => {
  write({
    '.aws/config':
      '[profile x]\nregion = a\noutput = json\n[default]\nregion = b\n[sso-session s]\nsso_region = c\n[services v]\ndynamodb =\n  endpoint_url = http://e\n',
    '.aws/credentials': '[x]\nregion = z\naws_access_key_id = A\n[y]\nregion = w\n',
  });
  expect(await read()).toEqual({
    profiles: {
      x: { region: 'z', output: 'json', aws_access_key_id: 'A' },
      y: { region: 'w' },
      default: { region: 'b' },
    },
    ssoSessions: { s: { sso_region: 'c' } },
    services: { v: { 'dynamodb.endpoint_url': 'http://e' } },
    headings: [
      { file: 'config', text: 'profile x', alone: true },
      { file: 'config', text: 'default', alone: true },
      { file: 'config', text: 'sso-session s', alone: true },
      { file: 'config', text: 'services v', alone: true },
      { file: 'credentials', text: 'x', alone: true },
      { file: 'credentials', text: 'y', alone: true },
    ],
    absent: [],
  });
});

test('a profile that is called like a section of another kind is a profile', async () => {
  write({ '.aws/config': '[profile my-services.x]\nregion = a\n' });
  expect(await read()).toMatchObject({ profiles: { 'my-services.x': { region: 'a' } }, services: {} });
});

test('headings of every form', async () => {
  write({
    '.aws/config': [
      '[a] # comment',
      '[b] ; comment',
      '[c]x',
      ' [ d ] ',
      '[e',
      '# [f]',
      ';[g]',
      'x [h]',
      '[i#j]',
      '[k];l',
      '',
    ].join('\r\n'),
  });
  const result = await read();
  expect(typeof result === 'string' ? result : result.headings).toEqual([
    { file: 'config', text: 'a', alone: true },
    { file: 'config', text: 'b', alone: true },
    { file: 'config', text: 'c', alone: false },
    { file: 'config', text: ' d ', alone: true },
    { file: 'config', text: 'e', alone: false },
    { file: 'config', text: 'i#j', alone: true },
    { file: 'config', text: 'k', alone: false },
  ]);
});

describe('where the files are', () => {
  const KEY = '[x]\nregion = here\n';

  test.each<[string, string, NodeJS.ProcessEnv]>([
    ['at home', '.aws/credentials', {}],
    ['at home, as Windows calls it', '.aws/credentials', { HOME: '', USERPROFILE: home }],
    ['where a variable says, from home', 'else/where', { AWS_SHARED_CREDENTIALS_FILE: '~/else/where' }],
    ['where a variable says', 'else/where', { AWS_SHARED_CREDENTIALS_FILE: join(home, 'else/where') }],
    ['at home, where a variable says nothing', '.aws/credentials', { AWS_SHARED_CREDENTIALS_FILE: '' }],
  ])('%s', async (_, path, env) => {
    write({ [path]: KEY });
    expect(await read(env)).toMatchObject({ profiles: { x: { region: 'here' } }, absent: [] });
  });

  test('a file that a variable names and that is not there is told', async () => {
    write({ file: '' });
    const [config, credentials] = [join(home, 'none'), join(home, 'file/below')];
    expect(await read({ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials })).toEqual({
      ...NOTHING,
      absent: [
        { variable: 'AWS_CONFIG_FILE', path: config },
        { variable: 'AWS_SHARED_CREDENTIALS_FILE', path: credentials },
      ],
    });
  });

  test('is written into the environment of the SDK as it is meant', () => {
    const env = { HOME: '/home/me', AWS_CONFIG_FILE: '~/a', AWS_SHARED_CREDENTIALS_FILE: 'b~/', OTHER: '~/c' };
    settleProfilePaths(env);
    expect(env).toEqual({ ...env, AWS_CONFIG_FILE: '/home/me/a', AWS_SHARED_CREDENTIALS_FILE: 'b~/', OTHER: '~/c' });
    const empty: NodeJS.ProcessEnv = { HOME: '/home/me', AWS_CONFIG_FILE: '' };
    settleProfilePaths(empty);
    expect(empty).toEqual({ HOME: '/home/me', AWS_CONFIG_FILE: '' });
  });
});

describe('a file that cannot be used', () => {
  const padded = (bytes: number) => `[x]\nregion = r\n#${' '.repeat(bytes - 17)}\n`;
  test.each<[string, string | Buffer, string]>([
    [
      'of more than a megabyte',
      padded(1_000_001),
      '~/.aws/config has 1000001 bytes, and a config file 1000000 at most',
    ],
    [
      'in UTF-16',
      Buffer.from('[x]\n', 'utf16le'),
      '~/.aws/config is not UTF-8 text (UTF-16, perhaps): save it as UTF-8',
    ],
    ['with a section that hides the others', '[x]\na = b\n [__proto__]\n', '~/.aws/config has a section __proto__'],
    ['with a profile that does', '[profile __proto__]\n', '~/.aws/config has a section __proto__'],
  ])('%s', async (_, content, reason) => {
    write({ '.aws/config': content });
    expect(await read()).toBe(reason);
  });

  test('that is a folder', async () => {
    mkdirSync(join(home, '.aws/credentials'), { recursive: true });
    expect(await read()).toBe('~/.aws/credentials cannot be read (EISDIR)');
  });

  test.each([
    ['of a megabyte', padded(1_000_000)],
    ['that names it elsewhere', '[x]\nregion = r\n# [__proto__]x\nx[__proto__] = y\n'],
  ])('is not one %s', async (_, content) => {
    write({ '.aws/config': content });
    expect(await read()).toMatchObject({ headings: [{ text: 'x' }] });
  });
});

describe('what a profile says besides its credentials', () => {
  const says = async (config: string, profile = 'x') => {
    write({ '.aws/config': config });
    return readProfileSays(profile, { HOME: home });
  };
  const NONE = { profile: 'x', endpoint: null, ignoresEndpoints: false, missingServices: null, keyId: null };

  test.each<[string, string, object | null]>([
    ['nothing', '[profile x]\nregion = r\n', NONE],
    ['its endpoint', '[profile x]\nendpoint_url = http://e\n', { ...NONE, endpoint: 'http://e' }],
    [
      'that of DynamoDB before it',
      '[profile x]\nendpoint_url = http://e\nservices = v\n[services v]\ndynamodb =\n  endpoint_url = http://d\n',
      { ...NONE, endpoint: 'http://d' },
    ],
    [
      'services that say none of DynamoDB',
      '[profile x]\nendpoint_url = http://e\nservices = v\n[services v]\ns3 =\n  endpoint_url = http://s\n',
      { ...NONE, endpoint: 'http://e' },
    ],
    ['services that are not there', '[profile x]\nservices = v\n', { ...NONE, missingServices: 'v' }],
    [
      'that endpoints are not to be used',
      '[profile x]\nignore_configured_endpoint_urls = True\n',
      { ...NONE, ignoresEndpoints: true },
    ],
    ['something else of them', '[profile x]\nignore_configured_endpoint_urls = trues\n', NONE],
    ['something else before', '[profile x]\nignore_configured_endpoint_urls = xtrue\n', NONE],
    ['its key', '[profile x]\naws_access_key_id = A\naws_secret_access_key = s\n', { ...NONE, keyId: 'A' }],
    ['a key without its secret', '[profile x]\naws_access_key_id = A\n', NONE],
    ['a secret without its key', '[profile x]\naws_secret_access_key = s\n', NONE],
    ['another profile', '[profile y]\nregion = r\n', null],
    ['a file that cannot be used', '[profile x]\nregion = r\n[__proto__]\n', null],
  ])('%s', async (_, config, expected) => {
    expect(await says(config)).toEqual(expected);
  });
});

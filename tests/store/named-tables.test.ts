import { describe, expect, test } from 'vitest';
import { namesNoOther, readNamedTables } from '../../src/store/named-tables.ts';

const FORM = 'name=profile/region/table, separated by commas; a name is 1 to 64 letters, digits and _.-';
const entry = (profile: string, region: string, table: string) => ({
  AWS_PROFILE: profile,
  AWS_REGION: region,
  RELEASE_TABLE: table,
});

test.each<[string, Record<string, string | undefined>, readonly { name: string; environment: object }[]]>([
  ['nothing', {}, []],
  ['an empty text', { TABLES: '' }, []],
  ['blanks', { TABLES: '  ' }, []],
  [
    'one',
    { TABLES: 'prod=reader/eu-central-1/Releases' },
    [{ name: 'prod', environment: entry('reader', 'eu-central-1', 'Releases') }],
  ],
  [
    'some, with blanks around them',
    { TABLES: ' a=p/eu-west-1/One , B.b_-9=q/us-east-1/Two ' },
    [
      { name: 'a', environment: entry('p', 'eu-west-1', 'One') },
      { name: 'B.b_-9', environment: entry('q', 'us-east-1', 'Two') },
    ],
  ],
  [
    'a profile with slashes and =',
    { TABLES: 'a=team/dev=x/eu-west-1/One' },
    [{ name: 'a', environment: entry('team/dev=x', 'eu-west-1', 'One') }],
  ],
  [
    'one beside settings of the first, of which those of all stay',
    {
      TABLES: 'a=p/eu-west-1/One',
      AWS_PROFILE: 'first',
      AWS_REGION: 'us-east-1',
      RELEASE_TABLE: 'First',
      AWS_CREDENTIALS: 'environment',
      AWS_DEFAULT_REGION: 'nonsense',
      RELEASE_READER_ROLE_ARN: 'arn',
      RELEASE_KEY_NAMES: 'pk,sk',
      RELEASE_POLICY: 'p.json',
      EMBEDDED_TABLE_FOLDER: 'data',
      DYNAMODB_ENDPOINT: 'https://vpce.example',
      PORT: '6000',
      POLL_INTERVAL_SECONDS: '9',
    },
    [{ name: 'a', environment: { ...entry('p', 'eu-west-1', 'One'), PORT: '6000', POLL_INTERVAL_SECONDS: '9' } }],
  ],
  ...['http://127.0.0.1:8000', 'https://localhost', 'HTTP://[::1]:8000/'].map(
    (endpoint): [string, Record<string, string>, { name: string; environment: object }[]] => [
      `an emulator on this machine has them all: ${endpoint}`,
      { TABLES: 'a=p/eu-west-1/One', DYNAMODB_ENDPOINT: endpoint },
      [{ name: 'a', environment: { ...entry('p', 'eu-west-1', 'One'), DYNAMODB_ENDPOINT: endpoint } }],
    ],
  ),
  ...['http://127.0.0.1.evil.example', 'https://localhost.example:80', 'https://x/http://localhost'].map(
    (endpoint): [string, Record<string, string>, { name: string; environment: object }[]] => [
      `an address elsewhere is of the first alone: ${endpoint}`,
      { TABLES: 'a=p/eu-west-1/One', DYNAMODB_ENDPOINT: endpoint },
      [{ name: 'a', environment: entry('p', 'eu-west-1', 'One') }],
    ],
  ),
])('%s', (_, environment, tables) => {
  expect(readNamedTables(environment)).toEqual({ ok: true, tables });
});

describe('what is refused', () => {
  const A = 'a=p/eu-west-1/One';
  test.each<[string, string, readonly (readonly [expected: string, received: string])[]]>([
    ['no name', 'p/eu-west-1/One', [[FORM, '"p/eu-west-1/One"']]],
    ['an empty name', '=p/eu-west-1/One', [[FORM, '"=p/eu-west-1/One"']]],
    ['a name with a slash', 'a/b=p/eu-west-1/One', [[FORM, '"a/b=p/eu-west-1/One"']]],
    ['a name that leads upwards', '..=p/eu-west-1/One', [[FORM, '"..=p/eu-west-1/One"']]],
    ['a name with a blank', 'a b=p/eu-west-1/One', [[FORM, '"a b=p/eu-west-1/One"']]],
    ['65 letters', `${'a'.repeat(65)}=p/eu-west-1/One`, [[FORM, `"${'a'.repeat(60)}…"`]]],
    ['sixty letters, which are quoted whole', 'a'.repeat(60), [[FORM, `"${'a'.repeat(60)}"`]]],
    ['two parts', 'a=p/One', [[FORM, '"a=p/One"']]],
    ['an empty table', 'a=p/eu-west-1/', [[FORM, '"a=p/eu-west-1/"']]],
    ['an empty table of a profile with a slash', 'a=team/p/eu-west-1/', [[FORM, '"a=team/p/eu-west-1/"']]],
    ['an empty region', 'a=p//One', [[FORM, '"a=p//One"']]],
    ['an empty profile', 'a=/eu-west-1/One', [[FORM, '"a=/eu-west-1/One"']]],
    ['a comma at the end', `${A},`, [[FORM, '""']]],
    ['a name twice, whatever the case', `${A},A=p/eu-west-1/Two`, [['each name once', '"A"']]],
    [
      'all that is wrong at once',
      `x,${A},a=p/eu-west-1/Two`,
      [
        [FORM, '"x"'],
        ['each name once', '"a"'],
      ],
    ],
    ['too many', Array.from({ length: 51 }, (_, at) => `t${at}=p/eu-west-1/One`).join(), [['at most 50 tables', '51']]],
  ])('%s', (_, text, faults) => {
    expect(readNamedTables({ TABLES: text })).toEqual({
      ok: false,
      faults: faults.map(([expected, received]) => ({ variable: 'TABLES', expected, received })),
    });
  });

  test('64 letters and fifty tables are taken', () => {
    const tables = Array.from({ length: 50 }, (_, at) => `${String(at).padEnd(64, 'x')}=p/eu-west-1/One`).join();
    expect(readNamedTables({ TABLES: tables })).toMatchObject({ ok: true, tables: { length: 50 } });
  });
});

test.each([
  ['AWS_PROFILE', false],
  ['AWS_CREDENTIALS', false],
  ['RELEASE_TABLE', false],
  ['DYNAMODB_ENDPOINT', false],
  ['EMBEDDED_TABLE_FOLDER', false],
  ['AWS_REGION', true],
  ['PORT', true],
])('%s beside it: is the first table one of TABLES? %s', (name, isFirst) => {
  expect(namesNoOther({ TABLES: 'x', [name]: 'set' })).toBe(isFirst);
  expect(namesNoOther({ TABLES: 'x', [name]: '' })).toBe(true);
});

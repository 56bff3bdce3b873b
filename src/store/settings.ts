import { z } from 'zod';
import { dynamoEndpoint, partitionOf, REGION_PATTERN } from '../contract/aws-region.ts';
import { EMULATOR_CREDENTIALS } from '../contract/emulator-credentials.ts';
import { bareTableName, readTableArn } from '../contract/table-arn.ts';
import type { KeyNames } from '../release/item/item.ts';
import { isRoleArn } from '../release/text/arn.ts';

/**
 * The settings of the local server, from an environment-like record. Everything is checked before anything is used,
 * and all faults are named at once. Nothing is picked up silently: a profile is named, or environment keys are asked
 * for by `AWS_CREDENTIALS=environment`, else the embedded table is shown.
 */

/** Where the table is, and with whose credentials it is read. The keys themselves never enter the settings. */
export type SourceSettings =
  | { readonly kind: 'embedded' }
  /** An emulator on this machine; some keep tables apart by the id of the key by which they are called. */
  | { readonly kind: 'loopback'; readonly endpoint: string; readonly keyId: string }
  | {
      readonly kind: 'aws';
      readonly credentials: { readonly kind: 'profile'; readonly profile: string } | { readonly kind: 'environment' };
      readonly endpoint: string;
    };

export interface Settings {
  readonly source: SourceSettings;
  readonly region: string;
  /** As calls name it: the name, or the ARN where one was given. */
  readonly table: string;
  /** The bare name. */
  readonly tableName: string;
  /** Null: what DescribeTable says, else the documented names. */
  readonly keyNames: KeyNames | null;
  readonly pollIntervalMs: number;
  /** Read units that a dashboard may spend in an hour on looking for changes; null: as many as it likes. */
  readonly readUnitsPerHour: number | null;
  /** Path of the policy document, as given; null: the table's own item, else the defaults. */
  readonly policyFile: string | null;
  /** Role to assume, narrowed to reading the table, with the profile's credentials; null: none. Only for real AWS. */
  readonly readerRoleArn: string | null;
  readonly port: number;
  /** Whether a simulated CI publishes into the embedded table; never into one that is kept: its story would begin anew. */
  readonly simulatedCi: boolean;
  readonly simulatedCiPace: 'slow' | 'fast';
  /** Folder in which the embedded table is kept, as given; null: in memory. */
  readonly embeddedFolder: string | null;
  /** Whether others use this machine: the page then opens by a one-time code only. */
  readonly sharedMachine: boolean;
  /** Sentences for the start-up text: which of two given sources is used, and what is set but not used. */
  readonly notices: readonly string[];
}

/** What the AWS config files say of the profile besides its credentials, for whoever can read them. */
export interface ProfileSays {
  readonly profile: string;
  /** Its own endpoint of DynamoDB; null: none. */
  readonly endpoint: string | null;
  /** Whether configured endpoints are to be ignored, those of variables too. */
  readonly ignoresEndpoints: boolean;
  /** The `services` section that it names and that is not there; null: none is missing. */
  readonly missingServices: string | null;
  /** Id of its own key; null: it holds none. */
  readonly keyId: string | null;
}

export interface SettingsOptions {
  /** Null: no profile is named, or the files say nothing of it. */
  readonly profileSays?: ProfileSays | null;
  /** Whether the caller shows a table of its own, whatever its name; no table is looked for anywhere else. */
  readonly ownTable?: boolean;
}

export interface SettingFault {
  readonly variable: string;
  /** The accepted form, in words. */
  readonly expected: string;
  /** What came, quoted and clipped; described only, where it may hold a secret. */
  readonly received: string;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly SettingFault[] };

/** The region by which emulators keep the table, where none is set. */
const EMULATOR_REGION = 'us-east-1';
/**
 * For tables in AWS. A dashboard that is looked at for eight hours on 22 days a month reads 7 million units by it, less
 * than a dollar's worth at 0.125 dollars per million; 100,000 fragments are read anew as a whole every 13 minutes.
 */
const READ_UNITS_PER_HOUR = 40_000;
const TABLE_NAME = /^[A-Za-z0-9_.-]{3,255}$/;
/** Parts between slashes do not begin with a dot or a dash: neither a path nor an option of a command. */
const PROFILE = /^(?=.{1,128}$)[\w@+=:,][\w.@+=:,-]*(?:\/[\w@+=:,][\w.@+=:,-]*)*$/;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

const whole = (least: number, most: number, expected: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);

const VARIABLES = z.object({
  AWS_PROFILE: z
    .string()
    .regex(PROFILE, 'the name of a profile in the AWS config files: letters, digits and _.@+=:,/- (at most 128)')
    .optional(),
  AWS_CREDENTIALS: z
    .enum(
      ['profile', 'environment'],
      '"profile" (the one named by AWS_PROFILE) or "environment" (AWS_ACCESS_KEY_ID, …)',
    )
    .optional(),
  AWS_REGION: z.string().regex(REGION_PATTERN, 'a region such as eu-central-1').optional(),
  AWS_DEFAULT_REGION: z.string().regex(REGION_PATTERN, 'a region such as eu-central-1').optional(),
  RELEASE_TABLE: z
    .string()
    .refine(
      (value) => TABLE_NAME.test(bareTableName(value)),
      'a table name (3 to 255 letters, digits and _.-) or the ARN of a table',
    )
    .default('ReleaseFragments'),
  // Which of them counts, and whether it can be one, is asked together.
  DYNAMODB_ENDPOINT: z.string().optional(),
  AWS_ENDPOINT_URL_DYNAMODB: z.string().optional(),
  AWS_ENDPOINT_URL: z.string().optional(),
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: z.string().optional(),
  AWS_USE_FIPS_ENDPOINT: z.string().optional(),
  AWS_USE_DUALSTACK_ENDPOINT: z.string().optional(),
  RELEASE_KEY_NAMES: z
    .string()
    .refine(
      (value) => parseKeyNames(value) !== null,
      'two different attribute names, HASH,RANGE: version,component#name',
    )
    .optional(),
  RELEASE_READER_ROLE_ARN: z
    .string()
    .refine(isRoleArn, 'the ARN of a role, such as arn:aws:iam::123456789012:role/release-reader')
    .optional(),
  RELEASE_POLICY: z.string().optional(),
  POLL_INTERVAL_SECONDS: whole(2, 3600, 'whole seconds from 2 to 3600, digits only: 5').default(5),
  READ_UNITS_PER_HOUR: whole(5_000, 100_000_000, 'read units from 5000 to 100000000, digits only: 40000').optional(),
  PORT: whole(1024, 65_535, 'a port from 1024 to 65535, digits only: 5179').default(5179),
  EMBEDDED_TABLE_FOLDER: z
    .string()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .regex(/^[^\u0000-\u001f]{1,1000}$/, 'the path of a folder')
    .optional(),
  SIMULATED_CI: z.enum(['on', 'fast', 'off'], '"on", "fast" or "off"').optional(),
  SHARED_MACHINE: z.enum(['on', 'off'], '"on" or "off"').optional(),
  // Looked at only where they are used: a stale key in a shell is no reason not to start.
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  HTTPS_PROXY: z.string().optional(),
  https_proxy: z.string().optional(),
});

type Variables = z.infer<typeof VARIABLES>;
type Variable = keyof Variables;

/** The endpoint that counts, and who says so. */
interface GivenEndpoint {
  readonly from: string;
  readonly text: string;
  /** Null: it can be none. */
  readonly parsed: { readonly origin: string; readonly loopback: boolean } | null;
}

type Given = Readonly<Partial<Record<Variable, string>>>;

/**
 * Reads the settings.
 *
 * @param environment such as `process.env`; a variable that is empty counts as not set
 * @returns the settings, or every fault that was found
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  { profileSays = null, ownTable = false }: SettingsOptions = {},
): SettingsResult {
  const given: Partial<Record<Variable, string>> = {};
  for (const name of VARIABLES.keyof().options) {
    const value = environment[name];
    if (value) given[name] = value;
  }
  // The default counts where nothing else is said, and is no reason not to start where it does not.
  if (given.AWS_REGION !== undefined) delete given.AWS_DEFAULT_REGION;
  const faults: SettingFault[] = [];
  const fault: Fault = (variable, expected, value) => {
    if (faults.some((known) => known.variable === variable)) return;
    faults.push({ variable, expected, received: described(variable, value ?? environment[variable]) });
  };

  const parsed = VARIABLES.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) fault(String(issue.path[0]), issue.message);
  }
  const endpoint = ownTable ? null : endpointFrom(given, profileSays);
  checkTogether(given, { endpoint, profileSays, ownTable }, fault);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, settings: settingsFrom(parsed.data, endpoint, profileSays) };
}

type Fault = (variable: string, expected: string, value?: string) => void;

/** In the order of the AWS tools, after the one that is for this program alone. */
function endpointFrom(given: Given, says: ProfileSays | null): GivenEndpoint | null {
  const ignored =
    given.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === undefined
      ? says?.ignoresEndpoints === true
      : /^true$/i.test(given.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS);
  const names = [
    'DYNAMODB_ENDPOINT',
    ...(ignored ? [] : (['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ENDPOINT_URL'] as const)),
  ] as const;
  for (const from of names) {
    const text = given[from];
    if (text !== undefined) return { from, text, parsed: parseEndpoint(text) };
  }
  if (ignored || says === null || says.endpoint === null) return null;
  return { from: `endpoint_url of profile ${says.profile}`, text: says.endpoint, parsed: parseEndpoint(says.endpoint) };
}

/** Whether a table in AWS is wanted, well or badly. A variable that other programs use, too, says nothing of that. */
function wantsAws(given: Given, endpoint: GivenEndpoint | null): boolean {
  return (
    given.AWS_PROFILE !== undefined ||
    given.AWS_CREDENTIALS === 'environment' ||
    given.RELEASE_READER_ROLE_ARN !== undefined ||
    endpoint?.from === 'DYNAMODB_ENDPOINT' ||
    (given.RELEASE_TABLE !== undefined && given.EMBEDDED_TABLE_FOLDER === undefined)
  );
}

/**
 * Rules over several variables. They look at what was given, not at what could be parsed, so that their faults are
 * named together with those of single variables.
 */
function checkTogether(
  given: Given,
  { endpoint, profileSays, ownTable }: Required<SettingsOptions> & { readonly endpoint: GivenEndpoint | null },
  fault: Fault,
) {
  if (ownTable || endpoint?.parsed?.loopback) return;
  const isWrong = endpoint?.parsed === null;
  const wanted = wantsAws(given, isWrong ? null : endpoint);
  if (isWrong && (wanted || endpoint.from === 'DYNAMODB_ENDPOINT')) {
    fault(endpoint.from, 'https://host, or http://127.0.0.1:port; no user name, path or query', endpoint.text);
  }
  if (!wanted) return;
  if (profileSays !== null && profileSays.missingServices !== null) {
    const section = `[services ${profileSays.missingServices}]`;
    fault(`services of profile ${profileSays.profile}`, `the section ${section}, in the AWS config file`, '');
  }
  const byEnvironment = given.AWS_CREDENTIALS === 'environment' && given.AWS_PROFILE === undefined;
  if (byEnvironment) {
    const expected = 'both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as AWS_CREDENTIALS=environment asks for';
    if (given.AWS_ACCESS_KEY_ID === undefined) fault('AWS_ACCESS_KEY_ID', expected);
    if (given.AWS_SECRET_ACCESS_KEY === undefined) fault('AWS_SECRET_ACCESS_KEY', expected);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const) {
      if (/\s/.test(given[name] ?? '')) fault(name, 'a value without white space');
    }
  } else if (given.AWS_PROFILE === undefined) {
    fault('AWS_PROFILE', profileFor(given, endpoint));
  }
  const { partition, region: arnRegion } = readTableArn(given.RELEASE_TABLE ?? '') ?? {};
  if (given.AWS_REGION === undefined && given.AWS_DEFAULT_REGION === undefined && arnRegion === undefined) {
    fault('AWS_REGION', 'the region of the table, such as eu-central-1');
  }
  if (arnRegion !== undefined) {
    if (!REGION_PATTERN.test(arnRegion) || partition !== partitionOf(arnRegion)) {
      fault('RELEASE_TABLE', 'an ARN whose region exists in its partition');
    } else if (given.AWS_REGION !== undefined && given.AWS_REGION !== arnRegion) {
      fault('AWS_REGION', `${arnRegion}, as the ARN in RELEASE_TABLE says`);
    }
  }
  for (const name of ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'] as const) {
    if (endpoint !== null || !/^true$/i.test(given[name] ?? '')) continue;
    fault(name, 'nothing, or the address itself in DYNAMODB_ENDPOINT, as other endpoints are not made up here');
  }
}

function profileFor(given: Given, endpoint: GivenEndpoint | null): string {
  if (endpoint?.from === 'DYNAMODB_ENDPOINT') {
    return 'a profile to call DYNAMODB_ENDPOINT with, as it is not on this machine';
  }
  if (given.RELEASE_TABLE === undefined) return 'a profile to assume the role of RELEASE_READER_ROLE_ARN with';
  return 'a profile that may read the table of RELEASE_TABLE (or AWS_CREDENTIALS=environment; for an emulator DYNAMODB_ENDPOINT)';
}

function settingsFrom(variables: Variables, endpoint: GivenEndpoint | null, says: ProfileSays | null): Settings {
  const arn = readTableArn(variables.RELEASE_TABLE);
  const region = variables.AWS_REGION ?? arn?.region ?? variables.AWS_DEFAULT_REGION ?? EMULATOR_REGION;
  const { source, notices } = sourceFrom(variables, region, endpoint, says);
  const proxy = variables.HTTPS_PROXY === undefined ? variables.https_proxy : variables.HTTPS_PROXY;
  // The SDK obeys no proxy of the environment; who relies on one would look for the fault elsewhere.
  if (source.kind === 'aws' && proxy !== undefined) {
    notices.push('The proxy in HTTPS_PROXY is not used: the local server calls AWS directly.');
  }
  if (source.kind === 'loopback' && variables.RELEASE_READER_ROLE_ARN !== undefined) {
    notices.push('RELEASE_READER_ROLE_ARN is not used: an emulator is read without AWS credentials.');
  }
  return {
    source,
    region,
    // Emulators know no ARNs of foreign accounts.
    table: source.kind === 'aws' ? variables.RELEASE_TABLE : (arn?.name ?? variables.RELEASE_TABLE),
    tableName: arn?.name ?? variables.RELEASE_TABLE,
    keyNames: variables.RELEASE_KEY_NAMES === undefined ? null : parseKeyNames(variables.RELEASE_KEY_NAMES),
    pollIntervalMs: variables.POLL_INTERVAL_SECONDS * 1000,
    readUnitsPerHour: variables.READ_UNITS_PER_HOUR ?? (source.kind === 'aws' ? READ_UNITS_PER_HOUR : null),
    policyFile: variables.RELEASE_POLICY ?? null,
    readerRoleArn: variables.RELEASE_READER_ROLE_ARN ?? null,
    port: variables.PORT,
    simulatedCi: variables.SIMULATED_CI !== 'off' && variables.EMBEDDED_TABLE_FOLDER === undefined,
    simulatedCiPace: variables.SIMULATED_CI === 'fast' ? 'fast' : 'slow',
    embeddedFolder: variables.EMBEDDED_TABLE_FOLDER ?? null,
    sharedMachine: variables.SHARED_MACHINE === 'on',
    notices,
  };
}

function sourceFrom(
  variables: Variables,
  region: string,
  endpoint: GivenEndpoint | null,
  says: ProfileSays | null,
): { source: SourceSettings; notices: string[] } {
  const { AWS_PROFILE: profile, AWS_CREDENTIALS: asked } = variables;
  const keysGiven = variables.AWS_ACCESS_KEY_ID !== undefined || variables.AWS_SECRET_ACCESS_KEY !== undefined;
  if (endpoint?.parsed?.loopback) {
    const keyId = emulatorKeyId(variables, says);
    const unused = `${endpoint.from} is on this machine: it is read without AWS credentials, AWS_PROFILE (${profile}) is not used.`;
    return {
      source: { kind: 'loopback', endpoint: endpoint.parsed.origin, keyId },
      notices: profile === undefined ? [] : [unused],
    };
  }
  const notices: string[] = [];
  if (profile === undefined && asked !== 'environment') {
    const words = 'name a profile in AWS_PROFILE, or set AWS_CREDENTIALS=environment';
    if (keysGiven) notices.push(`The AWS keys in the environment are not used: ${words}.`);
    if (endpoint !== null) notices.push(`${endpoint.from} is not used, as neither a table nor a profile is named.`);
    return { source: { kind: 'embedded' }, notices };
  }
  if (profile !== undefined && (keysGiven || asked === 'environment')) {
    notices.push(`AWS_PROFILE (${profile}) is used; the AWS keys in the environment are not.`);
  }
  const origin = endpoint?.parsed?.origin ?? dynamoEndpoint(region);
  if (endpoint !== null && endpoint.from !== 'DYNAMODB_ENDPOINT') {
    notices.push(`The table is called at ${origin}, as ${endpoint.from} says.`);
  }
  const credentials =
    profile === undefined ? ({ kind: 'environment' } as const) : ({ kind: 'profile', profile } as const);
  return { source: { kind: 'aws', credentials, endpoint: origin }, notices };
}

/**
 * The key by which the AWS CLI would call an emulator in this environment, so that both see the same tables. Only its id:
 * emulators check no signature, and no secret is sent where none is needed.
 */
function emulatorKeyId(variables: Variables, says: ProfileSays | null): string {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = variables;
  const own = id === undefined || secret === undefined ? (says?.keyId ?? '') : id;
  return /^[\w-]{1,128}$/.test(own) ? own : EMULATOR_CREDENTIALS.accessKeyId;
}

/** Only https, or http to this machine; the parser has already turned odd spellings of addresses into the plain one. */
function parseEndpoint(text: string): { origin: string; loopback: boolean } | null {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const loopback = LOOPBACK_HOSTS.has(url.hostname);
  if (url.pathname !== '/' || /[@?#]/.test(text)) return null;
  if (url.protocol === 'http:' && !loopback) return null;
  return { origin: url.origin, loopback };
}

function parseKeyNames(text: string): KeyNames | null {
  const [release, component, ...more] = text.split(',').map((name) => name.trim());
  if (!release || !component || more.length > 0 || release === component) return null;
  const encoder = new TextEncoder();
  // DynamoDB's limit for the name of a key attribute, in bytes.
  if ([release, component].some((name) => encoder.encode(name).length > 255)) return null;
  return { release, component };
}

/** Variables of secrets are never quoted; nor are values that look like keys put into the wrong variable. */
const SECRETS: ReadonlySet<string> = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']);
const LIKE_A_KEY = /(?:AKIA|ASIA)[A-Z0-9]{12,}|[A-Za-z0-9/+=]{40,}/;

function described(variable: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  // A URL with user information holds a password.
  if (SECRETS.has(variable) || LIKE_A_KEY.test(value) || /:.*@/.test(value)) {
    return `a value of ${value.length} characters, not shown`;
  }
  return value.length > 60
    ? `${JSON.stringify(value.slice(0, 60))}… (${value.length} characters)`
    : JSON.stringify(value);
}

import { DOCUMENTED_KEYS } from '../release/item/item.ts';
import { shellWord } from '../release/text/shell-text.ts';
import { emulatorCredentials } from './emulator-credentials.ts';
import type { FaultCode, ReadFault } from './read-fault.ts';
import { readerPolicy } from './reader-policy.ts';
import { serverStopped } from './server-stopped.ts';
import { accountOfTable, bareTableName } from './table-arn.ts';

/** What a person can do about a fault. */
export interface Fix {
  /** A few words, no full stop. */
  readonly title: string;
  /** One or two sentences: what it means and what to do. */
  readonly explanation: string;
  /** What to paste, and where; null where nothing is to be pasted. */
  readonly copy: { readonly kind: 'command' | 'policy'; readonly text: string } | null;
}

/** What was being read. */
export interface FixContext {
  /** The named AWS profile; null: none. */
  readonly profile: string | null;
  /** Name or ARN of the table. */
  readonly table: string;
  readonly region: string;
  /** A configured endpoint; null: the region's own. */
  readonly endpoint: string | null;
  /** Id of the key by which an emulator is called; null: it is none. */
  readonly keyId: string | null;
}

type Words = (fault: ReadFault, context: FixContext) => Fix;

const command = (text: string) => ({ kind: 'command', text }) as const;

const plain =
  (title: string, explanation: string): Words =>
  () => ({ title, explanation, copy: null });

/** Faults of the profile: the local server may know the fixing command better than we. */
const profileFault =
  (title: string, explanation: string, fallback: (context: FixContext) => string): Words =>
  (fault, context) => ({ title, explanation, copy: command(fault.fix ?? fallback(context)) });

const WORDS = {
  'table-missing': (_, context) => ({
    title: 'Table not found',
    explanation:
      context.keyId === null
        ? `There is no table ${context.table} in region ${context.region} for these credentials. Check region and table name, or create the table:`
        : `There is no table ${context.table} in region ${context.region} for the key id ${context.keyId}. Emulators keep tables apart by region and key id (DynamoDB Local does without -sharedDb): set AWS_REGION, and AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, as whoever made the table had them, or create it:`,
    copy: command(createTableCommand(context)),
  }),
  'table-not-ready': (_, context) => ({
    title: 'Table not ready',
    explanation: `Table ${context.table} exists but cannot be read now. Its status:`,
    copy: command(describeTableCommand(context)),
  }),
  'keys-unsuitable': (fault, context) => ({
    title: 'Table has other keys',
    explanation: `${fault.message} A release table has a HASH key for the release and a RANGE key for <type>#<name>, both strings. Its key schema:`,
    copy: command(describeTableCommand(context)),
  }),
  'access-denied': (fault, context) => ({
    title: 'Access denied',
    explanation: `${fault.action ?? 'Reading'} on ${fault.resource ?? `table ${context.table}`} is not allowed. Attach this policy to the role or user:`,
    copy: { kind: 'policy', text: JSON.stringify(policyFor(fault, context), null, 2) },
  }),
  'credentials-missing': (fault, context) => ({
    title: 'No credentials',
    explanation:
      context.profile === null
        ? 'No AWS credentials were found: no keys in the environment, no profile named, no role of this machine. What the AWS CLI finds:'
        : `No AWS credentials were found for profile ${context.profile}. Sign in:`,
    copy: command(fault.fix ?? (context.profile === null ? 'aws configure list' : signInCommand(context))),
  }),
  'credentials-expired': (fault, context) => ({
    title: 'Credentials expired',
    explanation:
      context.profile === null
        ? 'The session has ended, and the environment holds no fresh credentials. Set fresh ones, and start again.'
        : 'The session has ended and fresh credentials were refused too. Sign in again:',
    copy: context.profile === null ? null : command(fault.fix ?? signInCommand(context)),
  }),
  'credentials-refused': (fault, context) =>
    context.keyId === null
      ? {
          title: 'Credentials refused',
          explanation:
            'AWS does not recognise these credentials in this region. Check which identity they are, and whether the region is enabled for the account:',
          copy: command(fault.fix ?? `aws sts get-caller-identity${awsOptions({ ...context, endpoint: null })}`),
        }
      : {
          title: 'Credentials refused',
          explanation: `The emulator does not take the key id ${context.keyId} (DynamoDB Local takes letters and digits only). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and start again.`,
          copy: null,
        },
  'clock-wrong': plain(
    'Clock is wrong',
    "AWS refuses the signatures because this machine's clock is off by more than five minutes. Set the clock; reading resumes automatically.",
  ),
  throttled: plain(
    'Table is throttled',
    'DynamoDB refuses some reads because the table is at its capacity. Reading is retried, with few requests, until it answers.',
  ),
  'service-failing': plain(
    'DynamoDB is failing',
    'The service reports an internal error. Reading is retried automatically.',
  ),
  'request-refused': (fault, context) => ({
    title: 'Request refused',
    explanation: `The endpoint refuses the request: ${fault.message} Check the table from the command line:`,
    copy: command(describeTableCommand(context)),
  }),
  unreachable: plain(
    'Cannot reach DynamoDB',
    'No connection to the endpoint. Check network, VPN and proxy, and that the region exists. Reading resumes automatically.',
  ),
  'timed-out': plain(
    'No answer in time',
    'The endpoint did not answer completely in time. Reading is retried automatically.',
  ),
  cancelled: plain('Stopped', 'The reading was stopped.'),
  'unexpected-answer': (fault) => ({
    title: 'Unexpected answer',
    explanation: `${fault.message} Something between here and DynamoDB may be answering in its place: a proxy, or the sign-in page of a network.`,
    copy: null,
  }),
  'local-server-stopped': serverStopped,
  'local-server-restarted': plain('Local server was restarted', 'It no longer knows this page. Reload the page.'),
  'local-server-foreign': plain(
    'Another program answers at this address',
    'It does not prove to be the local server that this page came from, so the page sends it nothing. End it, and start Release Matrix again as before; the page goes on by itself. Do not reload the page until then.',
  ),
  'local-server-refused': plain(
    'Local server refused',
    'The request did not pass the guard. Open the page by the address that the server printed at its start.',
  ),
  'local-server-busy': plain(
    'Local server is busy',
    'Too many requests in one minute, as from many tabs. Reading is retried automatically.',
  ),
  'local-server-failing': plain('Local server failed', 'It met an internal error; see its output.'),
  'local-call-not-allowed': plain(
    'Call not allowed',
    'The local server passes on reading calls for the one configured table only. Check RELEASE_TABLE, and reload the page.',
  ),
  'endpoint-unreachable': (_, context) => ({
    title: 'Endpoint does not answer',
    explanation: `Nothing answers at ${context.endpoint ?? 'the configured endpoint'}. Start the emulator, or correct DYNAMODB_ENDPOINT. Reading resumes automatically.`,
    copy: null,
  }),
  'profile-missing': profileFault(
    'Profile not found',
    'The named profile is not in the AWS config files. To list the profiles, or to create one:',
    () => 'aws configure list-profiles',
  ),
  'profile-broken': profileFault(
    'Profile is incomplete',
    'The profile is incomplete, refers to itself, or the AWS config files cannot be read. What the AWS CLI says:',
    (context) => `aws configure list${profileOption(context)}`,
  ),
  'profile-sso-expired': (fault, context) => ({
    title: 'Sign-in expired',
    explanation: `Sign-in expired${context.profile === null ? '' : ` for profile ${context.profile}`}. Reading resumes after:`,
    copy: command(fault.fix ?? signInCommand(context)),
  }),
  'profile-mfa-needed': profileFault(
    'One-time code needed',
    'The profile asks for a code of an authenticator, which cannot be typed in here. Use a profile with SSO, or one that holds a session made with the code:',
    () => 'aws configure sso',
  ),
  'profile-helper-failed': profileFault(
    'Credential helper failed',
    "The profile's credential_process ended with an error or printed no credentials. Run it by hand to see why; its command:",
    (context) => `aws configure get credential_process${profileOption(context)}`,
  ),
  'profile-helper-timeout': profileFault(
    'Credential helper did not answer',
    "The profile's credential_process did not answer in time. Run it by hand to see what it waits for; its command:",
    (context) => `aws configure get credential_process${profileOption(context)}`,
  ),
  'profile-sts-denied': profileFault(
    'Role refused',
    'AWS STS does not let this profile assume the role or session it needs. Its identity:',
    (context) => `aws sts get-caller-identity${profileOption(context)}`,
  ),
  'profile-sts-unreachable': plain(
    'Cannot reach AWS STS',
    'No connection to the service that issues sessions. Check network, VPN and proxy. Reading resumes automatically.',
  ),
  'profile-unscopable': profileFault(
    'Long-lived keys stay here',
    'The profile holds long-lived keys that could not be exchanged for a short, reading session, and they are never given to the page. Use a profile with SSO or a role:',
    () => 'aws configure sso',
  ),
  'engine-ended': plain(
    'Reading has stopped',
    'The part of the page that reads the table has ended, perhaps for lack of memory. It is started again automatically.',
  ),
  failed: (fault) => ({
    title: 'Reading failed',
    explanation: `Unexpected error: ${fault.message}`,
    copy: null,
  }),
} satisfies Record<FaultCode, Words>;

/**
 * Words a fault and says what fixes it, for screen and command line alike.
 *
 * @param fault what failed
 * @param context what was being read
 */
export function fixFor(fault: ReadFault, context: FixContext): Fix {
  const words: Words = WORDS[fault.code];
  return words(fault, context);
}

/** The AWS CLI's command that makes a table with the documented keys. */
function createTableCommand(context: FixContext): string {
  const { release, component } = DOCUMENTED_KEYS;
  return [
    `${emulatorPrefix(context)}aws dynamodb create-table --table-name ${shellWord(bareTableName(context.table))}`,
    `--attribute-definitions ${shellWord(`AttributeName=${release},AttributeType=S`)} ${shellWord(`AttributeName=${component},AttributeType=S`)}`,
    `--key-schema ${shellWord(`AttributeName=${release},KeyType=HASH`)} ${shellWord(`AttributeName=${component},KeyType=RANGE`)}`,
    `--billing-mode PAY_PER_REQUEST${awsOptions(context)}`,
  ].join(' \\\n  ');
}

function describeTableCommand(context: FixContext): string {
  return `${emulatorPrefix(context)}aws dynamodb describe-table --table-name ${shellWord(context.table)}${awsOptions(context)}`;
}

/**
 * What a command of the AWS CLI must begin with to see the same tables of an emulator as we do: it wants some
 * credentials, and emulators keep tables apart by their id.
 *
 * @returns assignments with a blank behind them; nothing for AWS itself
 */
export function emulatorPrefix({ keyId }: FixContext): string {
  if (keyId === null) return '';
  const { accessKeyId, secretAccessKey } = emulatorCredentials(keyId);
  return `AWS_ACCESS_KEY_ID=${shellWord(accessKeyId)} AWS_SECRET_ACCESS_KEY=${secretAccessKey} `;
}

function signInCommand(context: FixContext): string {
  return `aws sso login${profileOption(context)}`;
}

function awsOptions(context: FixContext): string {
  const endpoint = context.endpoint === null ? '' : ` --endpoint-url ${shellWord(context.endpoint)}`;
  return ` --region ${shellWord(context.region)}${profileOption(context)}${endpoint}`;
}

function profileOption({ profile }: FixContext): string {
  return profile === null ? '' : ` --profile ${shellWord(profile)}`;
}

/** The refused resource names the account; without it the policy is for the role's own account. */
function policyFor(fault: ReadFault, context: FixContext) {
  const account = accountOfTable(fault.resource) ?? accountOfTable(context.table);
  return readerPolicy({ table: bareTableName(context.table), region: context.region, account });
}

import { createServer, type IncomingMessage } from 'node:http';

/** One call to the stub: the query parameters of AWS's form-encoded protocol. */
export interface StsCall {
  readonly action: string;
  readonly parameters: URLSearchParams;
  readonly authorization: string;
  readonly userAgent: string;
}

export interface StsStub {
  readonly endpoint: string;
  readonly calls: StsCall[];
  /** Answers by this from now on; null: as AWS does when all is well. */
  answerBy(behaviour: StsBehaviour | null): void;
  close(): Promise<void>;
}

export type StsBehaviour =
  /** `action`: the others are answered. */
  | { readonly kind: 'denied'; readonly code: string; readonly action?: string }
  | { readonly kind: 'no-packed-size' }
  /** It takes the request and never answers. */
  | { readonly kind: 'hangs' }
  /** A role whose sessions may be no longer. */
  | { readonly kind: 'at-most'; readonly seconds: number }
  | { readonly kind: 'expires-in'; readonly ms: number };

/** The account that the stub's callers belong to. */
export const STUB_ACCOUNT = '123456789012';
export const STUB_SESSION = {
  id: 'ASIASTUBSESSION00001',
  secret: 'stub-session-secret-never-in-a-refusal',
  token: 'stub-session-token-never-in-a-refusal',
} as const;

/**
 * A Security Token Service speaking the real query and XML forms.
 *
 * @param callers ARNs by the id of the key that signs a call; null: none is named; of any other key it is a user called x
 */
export async function startSts(callers: Readonly<Record<string, string | null>> = {}): Promise<StsStub> {
  const calls: StsCall[] = [];
  let behaviour: StsBehaviour | null = null;
  const server = createServer(async (request, response) => {
    // A look at the clock: answered with the real Date, which Node sets whatever a test has made of its own.
    if (request.method === 'HEAD') return void response.writeHead(302).end();
    const parameters = new URLSearchParams(await bodyOf(request));
    const action = parameters.get('Action') ?? '';
    const { authorization = '', 'user-agent': userAgent = '' } = request.headers;
    calls.push({ action, parameters, authorization, userAgent });
    if (behaviour?.kind === 'hangs') return;
    const refuse = (code: string, message: string): void => {
      response.writeHead(403, { 'Content-Type': 'text/xml' });
      response.end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
          `<Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      );
    };
    // A web identity comes with a token of its own; all else is signed.
    const isSigned = action !== 'AssumeRoleWithWebIdentity';
    const signedAt = dateOf(String(request.headers['x-amz-date']));
    if (isSigned && !(Math.abs(signedAt - realTime()) < 5 * 60_000)) {
      return refuse('SignatureDoesNotMatch', 'Signature expired: it is now earlier than it was');
    }
    if (behaviour?.kind === 'denied' && (behaviour.action ?? action) === action) {
      return refuse(behaviour.code, 'raw-service-text for arn:aws:iam::1:user/x');
    }
    const seconds = Number(parameters.get('DurationSeconds') ?? 3600);
    if (behaviour?.kind === 'at-most' && parameters.has('DurationSeconds') && seconds > behaviour.seconds) {
      return refuse(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const life = behaviour?.kind === 'expires-in' ? behaviour.ms : seconds * 1000;
    const size = behaviour?.kind === 'no-packed-size' ? '' : '<PackedPolicySize>12</PackedPolicySize>';
    const session =
      `<Credentials><AccessKeyId>${STUB_SESSION.id}</AccessKeyId><SecretAccessKey>${STUB_SESSION.secret}` +
      `</SecretAccessKey><SessionToken>${STUB_SESSION.token}</SessionToken>` +
      `<Expiration>${new Date(realTime() + life).toISOString()}</Expiration></Credentials>`;
    const keyId = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const { [keyId]: arn = `arn:aws:iam::${STUB_ACCOUNT}:user/x` } = callers;
    const result =
      action === 'GetCallerIdentity'
        ? `${arn === null ? '' : `<Arn>${arn}</Arn>`}<UserId>U</UserId><Account>${STUB_ACCOUNT}</Account>`
        : `${session}${parameters.has('Policy') ? size : ''}`;
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end(
      `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}` +
        `</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The stub does not listen.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    calls,
    answerBy(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** AWS's own clock: a test may set the one of this process. */
function realTime(): number {
  return performance.timeOrigin + performance.now();
}

/** `20261122T120000Z` */
function dateOf(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

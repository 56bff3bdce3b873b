import { MAX_WEBHOOK_CALL_MS, MAX_WEBHOOK_RETRY_MS } from '../../limits/limits.ts';
import { pauseMs } from '../../store/pause.ts';
import type { Patience } from '../../store/retry-while-down.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, ExitError, usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';

// The address of an incoming webhook is a secret: whoever has it can post. It is never printed, nor taken from the
// command line, which other users of a machine can see. Nor is what the other side says: pages of errors quote the path.

const PAUSES = { firstMs: 1_000, longestMs: 30_000 } as const;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const VARIABLE = 'RELEASE_MATRIX_WEBHOOK';
/**
 * What Slack says to a message that it does not take, one word as the whole answer.
 * Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
const SLACK_SAYS: ReadonlySet<string> = new Set([
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'invalid_payload',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'no_text',
  'posting_to_general_channel_denied',
  'team_disabled',
  'too_many_attachments',
  'user_not_found',
]);

/**
 * The webhook of a file, else of the environment.
 *
 * @throws ExitError (usage) where there is none, or none that is https (or http to this machine)
 */
export function webhookAsked(file: string | undefined, { environment }: Pick<CliContext, 'environment'>): URL {
  if (file?.includes('://'))
    throw usage(
      '--webhook-file: expected the name of a file that holds the address, received an address, not shown: other users of this machine see what a command is given.',
    );
  const text = (file === undefined ? (environment[VARIABLE] ?? '') : readText(file)).trim();
  const where = file === undefined ? VARIABLE : file;
  if (text === '')
    throw usage(
      `${where}: expected the address of a Slack webhook, received nothing. (--webhook-file names a file that holds it; --dry-run shows the message.)`,
    );
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname));
  if (url === null || !secure || url.username !== '' || url.password !== '') {
    const received = `a value of ${text.length} characters, not shown`;
    throw usage(`${where}: expected the https:// address of a Slack webhook, received ${received}.`);
  }
  return url;
}

/**
 * Posts JSON, and again while the other side is down or asks for patience (429, 5xx), for a minute at most. An answer
 * that is lost is a failure too, so that a message may come twice.
 *
 * @throws ExitError `usage` where the webhook refuses what would be refused again; `unknown` where it is down, or stopped
 */
export async function postJson(url: URL, payload: unknown, patience: Patience, stop: AbortSignal): Promise<void> {
  const startedAt = patience.elapsedMs();
  for (let tries = 0; ; tries += 1) {
    const said = await postOnce(url, JSON.stringify(payload), stop);
    if (said.outcome === 'taken') return;
    if (said.outcome === 'refused') throw usage(`The webhook refused the message: ${said.reason}`);
    const ms = Math.max(said.waitMs, pauseMs(tries, PAUSES, patience.random));
    if (stop.aborted || patience.elapsedMs() - startedAt + ms > MAX_WEBHOOK_RETRY_MS) {
      throw new ExitError(EXIT.unknown, `The message could not be posted: ${said.reason}`);
    }
    await patience.pause(ms, stop);
  }
}

type Posted =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'down'; readonly reason: string; readonly waitMs: number };

async function postOnce(url: URL, body: string, stop: AbortSignal): Promise<Posted> {
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, MAX_WEBHOOK_CALL_MS);
  stop.addEventListener('abort', end, { once: true });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      // A redirect would hand the message to whoever it names.
      redirect: 'manual',
      signal: limit.signal,
    });
    const text = (await answer.text()).trim();
    const reason = SLACK_SAYS.has(text) ? `${answer.status} ${text}` : `${answer.status}`;
    if (answer.ok) return { outcome: 'taken' };
    if (answer.status !== 429 && answer.status < 500) return { outcome: 'refused', reason };
    return { outcome: 'down', reason, waitMs: retryAfterMs(answer.headers.get('retry-after')) };
  } catch (error) {
    return { outcome: 'down', reason: causeOf(error), waitMs: 0 };
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}

/** Seconds, as Slack says it. */
function retryAfterMs(header: string | null): number {
  return /^\d{1,5}$/.test(header ?? '') ? Number(header) * 1_000 : 0;
}

/** The code of a network's fault, and no message: those name addresses. */
function causeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return `no answer within ${MAX_WEBHOOK_CALL_MS / 1_000} s`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}

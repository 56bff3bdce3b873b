import { connect } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { parseAnswer, type RawAnswer, readAnswer } from '../devserver/raw-request.ts';
import { filled, type RawAttack } from './raw-attack.ts';
import type { Target } from './raw-targets.ts';

/** What came of an attack. */
export interface RawOutcome {
  readonly attack: RawAttack;
  readonly answer: RawAnswer;
  /** Whether the answer has a status by which the attack counts as refused. */
  readonly refused: boolean;
  /** What the answer gave away or the request brought about; empty: nothing. */
  readonly leaks: readonly string[];
}

/** Tries one attack on a target, and looks at the answer, the table and the calls to AWS. */
export async function tryRaw(target: Target, attack: RawAttack): Promise<RawOutcome> {
  const fill = (): string =>
    filled(attack.request, target)
      .replaceAll('{USED}', target.codes.used)
      .replaceAll('{EXPIRED}', target.codes.expired)
      .replaceAll('{TICKET}', target.ticket)
      .replaceAll('{TICKET-}', target.ticket.slice(0, -1));
  target.rest();
  const first = fill();
  const send = async (): Promise<RawAnswer> => {
    const stream = attack.peer === undefined ? connect(target.port, '127.0.0.1') : connectFrom(target, attack.peer);
    const bytes = attack.replayed ? first : fill();
    return parseAnswer(await readAnswer(stream, bytes, attack.patienceMs));
  };
  if (attack.replayed) await send();
  for (let earlier = 1; earlier < (attack.times ?? 1); earlier += 1) await send();
  const before = await target.state();
  const answer = await send();
  const leaks = target.marks.filter((mark) => answer.text.includes(mark));
  for (const name of answer.headers.keys()) {
    if (/^access-control-|^set-cookie/.test(name)) leaks.push(`header ${name}`);
  }
  if ((await target.state()) !== before) leaks.push('an effect behind the server');
  return { attack, answer, refused: attack.statuses.includes(answer.status), leaks };
}

/** A connection that the server sees as one from elsewhere: no test leaves this machine. */
function connectFrom(target: Target, remoteAddress: string): Duplex {
  const [ours, theirs] = duplexPair();
  Object.assign(theirs, { remoteAddress, localPort: target.port });
  // Unlike a socket, it stays open for writing when the other end has ended.
  ours.once('end', () => ours.destroy());
  target.httpServer.emit('connection', theirs);
  return ours;
}

import { REFUSED_HEADER, ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { proofOf, type SignedParts } from '../proofs.ts';

/**
 * Attacks as exact bytes. One list serves the tests, the command that prints what was tried (`npm run attacks`), and the
 * run that leaves out each check in turn.
 */
export interface RawAttack {
  /** Rows of the table in docs/threats.md. */
  readonly threat: string;
  /** The kind of attack, as the printed table names it. */
  readonly category: string;
  readonly name: string;
  /**
   * `{P}` stands for the port, `{T}` for the token, `{T-}` for all of it but the last letter, `{ROOT}` for the folder, and
   * `{PROOF}` for the proof of this very request under the token; `{PROOF key=…}` for one under another key, or of a
   * request in which another part is as said: `nonce`, `method`, `path`, `action`, `refused`, `body`.
   */
  readonly request: string;
  /** Each status that counts as refused. */
  readonly statuses: readonly number[];
  /** Address that the server is made to see at the other end; undefined: a real connection from this machine. */
  readonly peer?: string | undefined;
  /** So often it is sent, each time with a proof of its own, and the last answer counts: a flood. Default: once. */
  readonly times?: number | undefined;
  /** It has been sent before, byte by byte. */
  readonly replayed?: boolean | undefined;
  /** So long its end may be waited for, where it is a slow one (milliseconds). Default: a few seconds. */
  readonly patienceMs?: number | undefined;
}

export type Row = readonly [
  name: string,
  request: string,
  status: number | readonly number[],
  more?: Pick<RawAttack, 'peer' | 'times' | 'replayed' | 'patienceMs'>,
];

/** @returns the rows as attacks of one kind */
export function of(threat: string, category: string, rows: readonly Row[]): readonly RawAttack[] {
  return rows.map(([name, request, status, more]) => ({
    threat,
    category,
    name,
    request,
    statuses: typeof status === 'number' ? [status] : status,
    peer: more?.peer,
    times: more?.times,
    replayed: more?.replayed,
    patienceMs: more?.patienceMs,
  }));
}

export const HOST = 'Host: 127.0.0.1:{P}';
export const ORIGIN = 'Origin: http://127.0.0.1:{P}';
export const PROOF = `${PROOF_HEADER}: {PROOF}`;
export const EMPTY = 'Content-Length: 0';
export const GOOD = [HOST, ORIGIN, PROOF, EMPTY];
export const NAVIGATION = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];

/** What a request is filled with. */
export interface Filling {
  readonly port: number;
  readonly token: string;
  readonly root: string;
}

export function filled(text: string, { port, token, root }: Filling): string {
  const plain = text
    .replaceAll('{P}', String(port))
    .replaceAll('{T}', token)
    .replaceAll('{T-}', token.slice(0, -1))
    .replaceAll('{ROOT}', root);
  return plain.replaceAll(/\{PROOF(?: (\w+)=([^}]*))?\}/g, (_, part?: string, value?: string) =>
    proofOf({ key: token, ...partsOf(plain), ...(part === undefined ? {} : { [part]: value }) }),
  );
}

/** What a proof is about, of a request as bytes. */
function partsOf(request: string): Omit<SignedParts, 'key'> {
  const end = request.indexOf('\r\n\r\n');
  const [first = '', ...heads] = request.slice(0, end < 0 ? request.length : end).split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const values = (name: string) =>
    heads.filter((head) => head.toLowerCase().startsWith(`${name}:`)).map((head) => head.slice(name.length + 1).trim());
  const [action = null, ...others] = values('x-amz-target');
  return {
    method,
    path,
    action: others.length === 0 ? action : null,
    refused: values(REFUSED_HEADER).length > 0,
    // The route of credentials takes none, and so the page proves none.
    body: path === ROUTES.credentials || end < 0 ? '' : request.slice(end + 4),
  };
}

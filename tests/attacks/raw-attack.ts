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
  /** `{P}` stands for the port, `{T}` for the token, `{T-}` for all of it but the last letter, `{ROOT}` for the folder. */
  readonly request: string;
  /** Each status that counts as refused. */
  readonly statuses: readonly number[];
  /** Address that the server is made to see at the other end; undefined: a real connection from this machine. */
  readonly peer?: string | undefined;
  /** So often it is sent, and the last answer counts: a flood. Default: once. */
  readonly times?: number | undefined;
  /** So long its end may be waited for, where it is a slow one (milliseconds). Default: a few seconds. */
  readonly patienceMs?: number | undefined;
}

export type Row = readonly [
  name: string,
  request: string,
  status: number | readonly number[],
  more?: Pick<RawAttack, 'peer' | 'times' | 'patienceMs'>,
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
    patienceMs: more?.patienceMs,
  }));
}

export const HOST = 'Host: 127.0.0.1:{P}';
export const ORIGIN = 'Origin: http://127.0.0.1:{P}';
export const BEARER = 'Authorization: Bearer {T}';
export const EMPTY = 'Content-Length: 0';
export const GOOD = [HOST, ORIGIN, BEARER, EMPTY];
export const NAVIGATION = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];

/** What a request is filled with. */
export interface Filling {
  readonly port: number;
  readonly token: string;
  readonly root: string;
}

export function filled(text: string, { port, token, root }: Filling): string {
  return text
    .replaceAll('{P}', String(port))
    .replaceAll('{T}', token)
    .replaceAll('{T-}', token.slice(0, -1))
    .replaceAll('{ROOT}', root);
}

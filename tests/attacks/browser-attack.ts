/** Where an attack in the browser starts from. */
export type From =
  /** A page of another origin on this machine, without a policy of its own. */
  | 'another origin'
  /** A page at a name that leads to this machine, with our own port: DNS rebinding. */
  | 'a rebound name'
  /** Script of our own page, with the right token in hand: whatever gets in by a hole of the page. */
  | 'our own page';

/** What an attack is told. It has nothing else of the context: it is sent to the browser as text. */
export interface Prey {
  /** Origin of the local server. */
  readonly own: string;
  /** A server of the attacker, which counts what reaches it: another port, and another name. */
  readonly evil: string;
  readonly evilName: string;
  readonly credentials: string;
  readonly dynamodb: string;
  readonly signIn: string;
  readonly start: string;
  readonly proofHeader: string;
  readonly token: string;
  /** How long to wait for what an attack sets off, where a moment is too short (milliseconds); 0: a moment is enough. */
  readonly patienceMs: number;
}

/** Result of an attack that was refused; every other text says what was got. */
export const REFUSED = 'refused';

export interface BrowserAttack {
  /** Rows of the table in docs/threats.md. */
  readonly threat: string;
  readonly from: From;
  readonly name: string;
  /** Runs in the page, as a function or its source text. @returns `refused`, or what was got */
  readonly run: Run;
}

export type Run = ((prey: Prey) => Promise<string> | string) | string;

/** @returns the attack as text that the browser takes for a function: it can use nothing of our modules */
export function sourceOf(run: Run): string {
  return typeof run === 'string' ? run : run.toString();
}

import { ALL_CHECKS, type Checks } from '../../src/devserver/checks.ts';
import type { GuardCheck, RequestDescription } from '../../src/devserver/guard/guard.ts';
import type { ProofClaim } from '../../src/devserver/guard/proof-check.ts';
import { findProxyHead, PROXY_HEADS } from '../../src/devserver/guard/proxy-heads.ts';
import type { Serving } from '../../src/devserver/guard/security-headers.ts';
import type { RawAttack } from './raw-attack.ts';
import { rawAttacks, startTarget, type TargetKind } from './raw-targets.ts';
import { tryRaw } from './try-raw.ts';

/** The local server without one of its checks, or with a weaker one in its place. */
export interface Mutant {
  readonly place: keyof Checks;
  readonly check: string;
  /** What is wrong with it, as the end of a sentence about the check. */
  readonly how: string;
  /** What is asked in place of all checks of the place. */
  readonly asked: Readonly<Record<string, GuardCheck<never>>>;
}

/** Every check of every place, in the order of the code: a new one is among them without being listed anywhere. */
export const LEFT_OUT: readonly Mutant[] = Object.entries(ALL_CHECKS).flatMap(([place, checks]) =>
  Object.keys(checks)
    // An upgrade is asked what every request is asked, and one thing more.
    .filter((check) => place !== 'upgrade' || !Object.hasOwn(ALL_CHECKS.request, check))
    .map((check) => ({
      place: placeOf(place),
      check,
      how: 'left out',
      asked: Object.fromEntries(Object.entries(checks).filter(([name]) => name !== check)),
    })),
);

/** Checks that are asked, but look less closely than they must. */
export const WEAKER: readonly Mutant[] = [
  weaker('request', 'isNotOpenInEditor', 'with regard to case', ({ target }) =>
    target.includes('/__open-in-editor') ? { status: 403, reason: 'open-in-editor' } : null,
  ),
  weaker('request', 'versionIsBrowsers', 'for HTTP/1.0 alone', ({ version }) =>
    version === '1.0' ? { status: 505, reason: 'HTTP/1.0' } : null,
  ),
  ...Object.keys(PROXY_HEADS).map((kind) =>
    weaker('request', 'isNotForwarded', `without heads of the kind ${kind}`, ({ headers }) => {
      const rest = Object.fromEntries(Object.entries(PROXY_HEADS).filter(([name]) => name !== kind));
      const names = headers.map(([name]) => name);
      return findProxyHead(names, rest) === null ? null : { status: 403, reason: 'a proxy' };
    }),
  ),
  onFirstLines('request', 'hostIsExact'),
  onFirstLines('request', 'originIsOwn'),
  onFirstLines('request', 'fetchSiteIsOwn'),
  onFirstLines('upgrade', 'originIsPresent'),
  onFirstLines('route', 'originIsPresent'),
  onFirstLines('route', 'fetchModeIsCors'),
  onFirstLines('route', 'fetchDestIsEmpty'),
  weakerProof('where the token is empty, too', ({ shown, codeOf }) =>
    [codeOf(shown?.nonce ?? ''), codeOf(shown?.nonce ?? '', '')].includes(shown?.code ?? ''),
  ),
  weakerProof('where there is one at all', ({ shown }) => shown !== null),
  weakerProof('where there is none, too', ({ shown, codeOf }) => shown === null || codeOf(shown.nonce) === shown.code),
];

/** A check of proofs that is content with less. */
function weakerProof(how: string, isRight: (claim: ProofClaim) => boolean): Mutant {
  const check: GuardCheck<ProofClaim> = (claim) => (isRight(claim) ? null : { status: 401, reason: 'no proof' });
  return { place: 'proof', check: 'proofIsRight', how, asked: { ...ALL_CHECKS.proof, proofIsRight: check } };
}

/** @param check in place of the one of that name; it may ask the request alone */
function weaker(place: keyof Checks, name: string, how: string, check: GuardCheck<RequestDescription>): Mutant {
  if (!Object.hasOwn(ALL_CHECKS[place], name)) throw new Error(`There is no check ${place}.${name} to make weaker.`);
  return { place, check: name, how, asked: { ...ALL_CHECKS[place], [name]: check } };
}

/** A check that sees the first line of each header only, as whoever takes the headers from Node's own object. */
function onFirstLines<Place extends 'request' | 'upgrade' | 'route'>(
  place: Place,
  name: keyof (typeof ALL_CHECKS)[Place] & string,
): Mutant {
  const check: unknown = Reflect.get(ALL_CHECKS[place], name);
  if (typeof check !== 'function') throw new Error(`There is no check ${place}.${name} to make weaker.`);
  return weaker(place, name, 'on the first line of a header alone', (request) => {
    const seen = new Set<string>();
    const headers = request.headers.filter(([header]) => !seen.has(header) && seen.add(header));
    return check({ ...request, headers });
  });
}

function placeOf(name: string): keyof Checks {
  const place = (
    [
      'request',
      'upgrade',
      'route',
      'proof',
      'start',
      'identity',
      'credentials',
      'signIn',
      'demo',
      'call',
      'code',
    ] as const
  ).find((known) => known === name);
  if (place === undefined)
    throw new Error(`Checks of ${name} are new: the mutation run must learn where they are asked.`);
  return place;
}

/** Which source's server asks the checks of a place; those of every request are asked by all. */
const TARGET_OF = {
  request: 'aws',
  upgrade: 'aws',
  route: 'aws',
  proof: 'aws',
  identity: 'aws',
  start: 'shared',
  credentials: 'aws',
  signIn: 'aws',
  demo: 'embedded',
  call: 'embedded',
  code: 'shared',
} as const satisfies Record<keyof Checks, TargetKind>;

export interface Breach {
  readonly attack: RawAttack;
  readonly status: number;
  readonly leaks: readonly string[];
}

/** @returns the first attack that gets through; null: none does, so that the check proves nothing */
export async function findBreach({ place, check, asked }: Mutant): Promise<Breach | null> {
  // What Vite itself answers is there in dev only; for all else the preview starts faster.
  const serving: Serving = check === 'isNotOpenInEditor' || place === 'upgrade' ? 'dev' : 'preview';
  const kind = TARGET_OF[place];
  const target = await startTarget(kind, serving, { ...ALL_CHECKS, [place]: asked });
  try {
    for (const attack of rawAttacks(kind, serving)) {
      const { answer, leaks } = await tryRaw(target, attack);
      const letThrough = answer.status < 400 && !attack.statuses.includes(answer.status);
      if (letThrough || leaks.length > 0) return { attack, status: answer.status, leaks };
    }
    return null;
  } finally {
    await target.close();
  }
}

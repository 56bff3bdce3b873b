import type { TokenedStart } from '../contract/local-server.ts';
import { proverOf } from '../contract/proof.ts';
import { type Engine, startEngine } from './engine.ts';
import { laterPart } from './later-part.ts';
import { serverAsker } from './server-asker.ts';
import { takeSecret, vault, whoAnswers } from './server-secret.ts';
import { tableReader } from './table-reader.ts';

// What only some visits need, or what can come beside the first reading, is loaded then.
const activityStores = laterPart(() => import('./browser-store.ts'));
const lastStateStores = laterPart(() => import('./last-state-store.ts'));
const ranges = laterPart(() => import('../release/policy/policy-terms.ts'));

const filePages = laterPart(() => import('./load-file-page.ts'));

/**
 * An engine as the page of a local server has it: real HTTP, the browser's own store.
 *
 * @param resumed an engine of before has ended, and the page still shows what that one told
 */
export function openEngine({ token, secret, ticket: _, chosen, ...start }: TokenedStart, resumed: boolean): Engine {
  takeSecret(secret);
  const prover = proverOf(token);
  const ask: typeof fetch = (...request) => fetch(...request);
  const reader = tableReader(start, { origin: location.origin, prover, whoAnswers, fetch: ask, now: Date.now, chosen });
  return startEngine(start, {
    reader,
    server: serverAsker(prover, ask, chosen),
    openActivity: async (name) => (await activityStores()).browserStore(name, vault),
    openLastState: async (name) => (await lastStateStores()).openLastState(name, vault),
    idle: whenIdle,
    loadRanges: ranges,
    loadFilePage: async () => (await filePages()).loadFilePage(),
    resumed,
  });
}

/** Longest time that what can wait waits for a quiet moment, milliseconds. */
const IDLE_LIMIT_MS = 10_000;

/** A worker has no idle callback, nor has Safari. */
function whenIdle(): Promise<void> {
  return new Promise((resume) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resume(), { timeout: IDLE_LIMIT_MS });
    else setTimeout(resume, 1_000);
  });
}

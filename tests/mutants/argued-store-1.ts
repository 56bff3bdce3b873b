import type { Argued } from './argued.ts';

const SAME_PLACE = 'what has no step that the SDK knows is sorted to the same place; the compiler takes no such step';

/** Those of the store's clients, calls and readings. */
export const ARGUED_STORE_1: readonly Argued[] = [
  {
    file: 'src/store/client.ts',
    on: '...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),',
    changes: ['connection.endpoint === undefined → false'],
    why: 'for the compiler alone: one that is undefined is none to the SDK, either',
  },
  {
    file: 'src/store/client.ts',
    on: "retryMode: 'standard',",
    changes: [`'standard' → ""`],
    why: 'whatever is not adaptive is standard to the SDK',
  },
  {
    file: 'src/store/client.ts',
    on: "{ step: 'build' },",
    changes: [`'build' → ""`],
    why: SAME_PLACE,
  },
  {
    file: 'src/store/outage-limit.ts',
    on: "client.middlewareStack.add((next) => (args) => timed(next, args), { step: 'deserialize', priority: 'low' });",
    changes: [`'deserialize' → ""`],
    why: SAME_PLACE,
  },
  {
    file: 'src/store/outage-limit.ts',
    on: "if (!('acquireInitialRetryToken' in strategy)) return strategy;",
    changes: ["!('acquireInitialRetryToken' in strategy) → false"],
    why: 'for the compiler alone: the standard strategy always has it',
  },
];

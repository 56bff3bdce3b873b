import type { Argued } from './argued.ts';

const SAME_PLACE = 'what has no step that the SDK knows is sorted to the same place; the compiler takes no such step';

/** Those of the room `store`, but for src/contract. */
export const ARGUED_STORE: readonly Argued[] = [
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
  {
    file: 'src/store/named-tables.ts',
    on: 'const ENTRY = /^([^=]*)=(.+)\\/([^/]+)\\/([^/]+)$/;',
    changes: ['/^([^=]*)=(.+)\\/([^/]+)\\/([^/]+)$/ → /([^=]*)=(.+)\\/([^/]+)\\/([^/]+)$/'],
    why: 'what is found later than at the beginning has a line break in its name, and is refused as well',
  },
  {
    file: 'src/store/named-tables.ts',
    on: "const [, name = '', profile, region, table] = ENTRY.exec(entry) ?? [];",
    changes: [`'' → "Stryker was here!"`, '[] → ["Stryker was here"]'],
    why: 'neither text is a name, and the first of the parts is not looked at',
  },
  {
    file: 'src/store/named-tables.ts',
    on: "if (!/^https?:\\/\\/(?:127\\.0\\.0\\.1|localhost|\\[::1\\])(?::|\\/|$)/i.test(rest.DYNAMODB_ENDPOINT ?? '')) {",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is an address on this machine',
  },
  {
    file: 'src/store/settings.ts',
    on: "const { partition, region: arnRegion } = readTableArn(given.RELEASE_TABLE ?? '') ?? {};",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is an ARN',
  },
  {
    file: 'src/store/settings.ts',
    on: "if (endpoint !== null || !/^true$/i.test(given[name] ?? '')) continue;",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is "true"',
  },
  {
    file: 'src/store/settings.ts',
    on: 'const origin = endpoint?.parsed?.origin ?? dynamoEndpoint(region);',
    changes: ['endpoint?.parsed?.origin → endpoint?.parsed.origin'],
    why: 'for the compiler alone: an endpoint that can be none is refused before',
  },
  {
    file: 'src/store/settings.ts',
    on: "const own = id === undefined || secret === undefined ? (says?.keyId ?? '') : id;",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is the id of a key',
  },
  {
    file: 'src/store/table-keys.ts',
    on: 'if (!(fault instanceof ReadFault)) throw fault;',
    changes: ['!(fault instanceof ReadFault) → false'],
    why: 'for the compiler alone: a call fails with nothing else',
  },
  {
    file: 'src/store/unchanged-condition.ts',
    on: 'if (terms.length >= MAX_TERMS || characters > MAX_CHARACTERS) return;',
    changes: ['characters > MAX_CHARACTERS → characters >= MAX_CHARACTERS'],
    why: 'one character more or less, where 300 are left',
  },
  {
    file: 'src/store/write-items.ts',
    on: '.map(({ PutRequest }) => keyOf(PutRequest?.Item ?? {}, keyNames)),',
    changes: ['PutRequest?.Item → PutRequest.Item'],
    why: 'for the compiler alone: only what was to be put comes back',
  },
];

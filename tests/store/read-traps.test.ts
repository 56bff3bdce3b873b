import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ReadFault } from '../../src/contract/read-fault.ts';
import { DOCUMENTED_KEYS, isUnreadable } from '../../src/release/item/item.ts';
import { plainItem } from '../../src/store/plain-item.ts';
import { publishFragment } from '../../src/store/publish-fragment.ts';
import { type ReadOptions, readTable } from '../../src/store/read-table.ts';
import type { DescribedTable } from '../../src/store/table-keys.ts';
import { type Answer, awsError, type Call, cannedClient, cannedServer, HTTP_HANDLERS } from './canned-server.ts';
import { rawAttributes } from './raw-items.ts';

const DESCRIBED: DescribedTable = {
  table: 'ReleaseFragments',
  keys: DOCUMENTED_KEYS,
  keysFrom: 'table',
  denied: null,
  itemCount: null,
  sizeBytes: 0,
  status: 'ACTIVE',
};

let server: Awaited<ReturnType<typeof cannedServer>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Serves the answers in turn (the last for good), and reads the table. */
async function readCanned(
  answers: readonly Answer[] | ((call: Call, index: number) => Answer),
  { handler = 'node', ...more }: Partial<ReadOptions> & { handler?: (typeof HTTP_HANDLERS)[number] } = {},
) {
  const answer =
    typeof answers === 'function'
      ? answers
      : (_: Call, index: number): Answer => answers[Math.min(index, answers.length - 1)] ?? { does: 'hang' };
  server = await cannedServer(answer);
  return readTable(cannedClient(server.origin, handler), { described: DESCRIBED, ...more });
}

const item = (component: string, more = '') =>
  `{"version":{"S":"v1.0.0"},"component#name":{"S":"backend#${component}"}${more}}`;
const plain = (component: string, more = {}) => ({
  version: 'v1.0.0',
  'component#name': `backend#${component}`,
  ...more,
});
const key = (component: string) => item(component);
const page = (items: readonly string[], next?: string): Answer => ({
  body: `{"Items":[${items.join()}],"Count":${items.length},"ConsumedCapacity":{"TableName":"t","CapacityUnits":2.5}${next ? `,"LastEvaluatedKey":${next}` : ''}}`,
});

describe.each(HTTP_HANDLERS)('one odd item never costs its page (%s)', (handler) => {
  test.each([
    ['"n":{"N":"9007199254740993.5"}', { n: '9007199254740993.5' }],
    ['"n":{"N":"NaN"}', { n: { $unreadable: 'N is not a decimal number: {"N":"NaN"}' } }],
    ['"n":{"N":""}', { n: { $unreadable: 'N is not a decimal number: {"N":""}' } }],
    ['"b":{"BOOL":"false"}', { b: { $unreadable: 'BOOL is not true or false: {"BOOL":"false"}' } }],
    ['"b":{"B":"%%%"}', { b: { $unreadable: 'B is not base64: {"B":"%%%"}' } }],
    ['"l":{"L":[null]}', { l: [{ $unreadable: 'not an attribute value: null' }] }],
    ['"m":{"M":{"a":null}}', { m: { a: { $unreadable: 'not an attribute value: null' } } }],
    ['"q":{"Q":1}', { q: { $unreadable: 'unknown type: {"Q":1}' } }],
    ['"two":{"S":"a","N":"1"}', { two: { $unreadable: 'more than one type: {"S":"a","N":"1"}' } }],
    ['"zero":{}', { zero: { $unreadable: 'no type: {}' } }],
    ['"gone":null', { gone: { $unreadable: 'not an attribute value: null' } }],
    ['"constructor":{"S":"c"},"toString":{"S":"t"}', { constructor: 'c', toString: 't' }],
    ['"set":{"SS":["b","a"]}', { set: ['a', 'b'] }],
  ])('%s', async (attribute, expected) => {
    const reading = await readCanned([page([item('a'), item('odd', `,${attribute}`), item('z')])], { handler });
    expect(reading.items).toEqual([plain('a'), plain('odd', expected), plain('z')]);
  });

  test('__proto__ is an own property, at the top and below', async () => {
    const odd = item('odd', ',"__proto__":{"M":{"__proto__":{"S":"deep"},"url":{"S":"u"}}}');
    const reading = await readCanned([page([item('a'), odd, item('z')])], { handler });
    expect(reading.items.map((read) => JSON.stringify(read))).toEqual([
      JSON.stringify(plain('a')),
      '{"version":"v1.0.0","component#name":"backend#odd","__proto__":{"__proto__":"deep","url":"u"}}',
      JSON.stringify(plain('z')),
    ]);
    expect(Object.getPrototypeOf(reading.items[1])).toBe(Object.prototype);
  });

  test('an item that is not a map, and one nested 20,000 deep', async () => {
    const deep = `${'{"L":['.repeat(20_000)}{"S":"x"}${']}'.repeat(20_000)}`;
    const reading = await readCanned([page([item('a'), 'null', item('deep', `,"d":${deep}`), '[1]', item('z')])], {
      handler,
    });
    expect(reading).toMatchObject({ unreadable: 2, pages: 1 });
    expect(reading.items.map((read) => (isUnreadable(read) ? read.$unreadable : read['component#name']))).toEqual([
      'backend#a',
      'item is not a map of attributes: null',
      'backend#deep',
      'item is not a map of attributes: [1]',
      'backend#z',
    ]);
  });
});

test('10,000 generated items over 50 pages, each beside a sound one: none is lost', async () => {
  const odd = fc.sample(rawAttributes, { numRuns: 10_000, seed: 2 });
  const raws = odd.map((attributes, index) => item(`odd-${index}`, `,"attributes":{"M":${attributes}}`));
  const reading = await readCanned((_, index) => {
    const from = index * 200;
    const items = raws.slice(from, from + 200).flatMap((raw, offset) => [raw, item(`sound-${from + offset}`)]);
    return page(items, index < 49 ? key(`page-${index}`) : undefined);
  });
  expect(reading).toMatchObject({ pages: 50, unreadable: 0, readUnits: 125, incomplete: null });
  expect(reading.items).toHaveLength(20_000);
  expect(reading.items.filter((_, index) => index % 2 === 1)).toEqual(raws.map((_, index) => plain(`sound-${index}`)));
  expect(JSON.stringify(reading.items.filter((_, index) => index % 2 === 0))).toBe(
    JSON.stringify(raws.map((raw) => plainItem(JSON.parse(raw)))),
  );
});

describe('pages', () => {
  test('F9: empty pages with a key go on to the last', async () => {
    const answers = [page([], key('1')), page([], key('2')), page([item('a')], key('3')), page([])];
    const reading = await readCanned(answers);
    expect(reading).toMatchObject({ items: [plain('a')], pages: 4, readUnits: 10, incomplete: null });
    expect(server?.calls.map((call) => call.input.ExclusiveStartKey)).toEqual([
      undefined,
      ...['1', '2', '3'].map((component) => JSON.parse(key(component))),
    ]);
  });

  test('I35: an item that comes twice stays once, the later one', async () => {
    const answers = [page([item('a', ',"n":{"N":"1"}'), item('b')], key('b')), page([item('a', ',"n":{"N":"2"}')])];
    expect((await readCanned(answers)).items).toEqual([plain('a', { n: 2 }), plain('b')]);
  });

  test('F10: a key that comes again ends the reading as incomplete', async () => {
    const turns = [page([item('a')], key('a')), page([item('b')], key('b')), page([item('c')], key('a'))];
    const reading = await readCanned(turns);
    expect(reading).toMatchObject({ pages: 3, incomplete: { reason: 'repeated-key' } });
    expect(reading.items).toHaveLength(3);
  });

  test('F9: the page limit ends the reading as incomplete', async () => {
    const reading = await readCanned((_, index) => page([item(`c${index}`)], key(`c${index}`)), {
      maxPages: 7,
      segments: 4,
    });
    expect(reading).toMatchObject({ pages: 7, segments: 4, incomplete: { reason: 'page-limit' } });
    expect(reading.items).toHaveLength(7);
  });

  test('four segments name themselves; one does not', async () => {
    await readCanned([page([])], { segments: 4 });
    const named = server?.calls.map(({ input }) => `${input.Segment}/${input.TotalSegments}`).sort();
    expect(named).toEqual(['0/4', '1/4', '2/4', '3/4']);
    await server?.close();
    await readCanned([page([])], { segments: 1 });
    expect(server?.calls.map(({ input }) => input)).toEqual([
      { TableName: 'ReleaseFragments', ReturnConsumedCapacity: 'TOTAL' },
    ]);
  });

  test('an endpoint that counts no capacity gives null units', async () => {
    expect((await readCanned([{ body: '{"Items":[]}' }])).readUnits).toBeNull();
  });
});

describe.each(HTTP_HANDLERS)('a page that cannot be had fails the whole (%s)', (handler) => {
  const html = '<!doctype html><title>Sign in to the network</title>';
  test.each<[string, Answer, string, RegExp]>([
    ['F7, F8: {}', { body: '{}' }, 'unexpected-answer', /JSON without Items/],
    ['F7: an empty body', { body: '' }, 'unexpected-answer', /empty answer/],
    ['F7: null', { body: 'null' }, 'unexpected-answer', /without Items/],
    ['F7, F8: Items of another shape', { body: '{"Items":{}}' }, 'unexpected-answer', /without Items/],
    ['F7: cut-off JSON', { body: '{"Items":[{"version":{"S":"v1' }, 'unexpected-answer', /not whole JSON/],
    [
      'F7: the page of a captive portal',
      { body: html, headers: { 'content-type': 'text/html' } },
      'unexpected-answer',
      /a web page/,
    ],
    ['F7: a 403 page', { status: 403, body: html }, 'unexpected-answer', /answer 403/],
    ['F3, F7: a 503 page', { status: 503, body: html }, 'service-failing', /503/],
    [
      'a key that is no string',
      { body: '{"Items":[],"LastEvaluatedKey":{"at":{"N":"1"}}}' },
      'keys-unsuitable',
      /"at"/,
    ],
    ['an empty key', { body: '{"Items":[],"LastEvaluatedKey":{}}' }, 'unexpected-answer', /empty LastEvaluatedKey/],
    ['F2: throttling', awsError('ProvisionedThroughputExceededException', 'slow down'), 'throttled', /slow down/],
    ['F3: an internal error', awsError('InternalServerError', 'oops', 500), 'service-failing', /oops/],
    ['a refused request', awsError('ValidationException', 'bad'), 'request-refused', /bad/],
    [
      'F32: no such table',
      awsError('ResourceNotFoundException', 'Requested resource not found'),
      'table-missing',
      /not found/,
    ],
    [
      'F20, F21: a wrong clock',
      awsError('InvalidSignatureException', 'Signature expired: a is earlier than b'),
      'clock-wrong',
      /expired/,
    ],
    ['F4: a lost connection', { does: 'reset' }, 'unreachable', /No connection/],
    ['F5: an answer that never comes', { does: 'hang' }, 'timed-out', /within 500 ms/],
    ['F6: a body that stalls', { does: 'stall', body: '{"Items":[' }, 'timed-out', /within 500 ms/],
  ])('%s', async (_, answer, code, message) => {
    const pages: unknown[] = [];
    const reading = readCanned([page([item('a')], key('a')), answer], {
      handler,
      // Short where the answer never comes whole, but time enough for the first page on a busy machine.
      timeLimitMs: code === 'timed-out' ? 500 : 60_000,
      onPage: (items) => pages.push(items),
    });
    await expect(reading).rejects.toMatchObject({ name: 'ReadFault', code, message: expect.stringMatching(message) });
    expect(pages).toEqual([[plain('a')]]);
  });

  test('the caller stops it in the middle of a body', async () => {
    const stop = new AbortController();
    const reading = readCanned([page([item('a')], key('a')), { does: 'stall', body: '{' }], {
      handler,
      signal: stop.signal,
      onPage: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});

test('F32: access denied names action and resource', async () => {
  const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/ReleaseFragments';
  const message = `User: arn:aws:sts::123456789012:assumed-role/dev/me is not authorized to perform: dynamodb:Scan on resource: ${arn} because no identity-based policy allows the dynamodb:Scan action`;
  await expect(readCanned([awsError('AccessDeniedException', message)])).rejects.toMatchObject({
    code: 'access-denied',
    action: 'dynamodb:Scan',
    resource: arn,
  });
});

test('one failing segment stops the others', async () => {
  const reading = readCanned(
    ({ input }) => (input.Segment === 2 ? awsError('ValidationException', 'bad') : { does: 'hang' }),
    {
      segments: 4,
      timeLimitMs: 60_000,
    },
  );
  await expect(reading).rejects.toMatchObject({ code: 'request-refused' });
});

test.each([
  ['throttled', awsError('ProvisionedThroughputExceededException', 'slow down')],
  ['failed', awsError('InternalServerError', 'oops', 500)],
])('F1: %s twice, served at the third try: nobody notices', async (_, answer) => {
  server = await cannedServer((__, index) => (index < 2 ? answer : page([item('a')])));
  const client = cannedClient(server.origin, 'node', { maxAttempts: 3 });
  expect((await readTable(client, { described: DESCRIBED })).items).toEqual([plain('a')]);
  expect(server.calls).toHaveLength(3);
});

describe('stale credentials', () => {
  const keyOf = (call: Call) => /Credential=(\w+)\//.exec(call.headers.authorization ?? '')?.[1];
  const connect = (origin: string) => {
    let count = 0;
    const credentials = vi.fn(async () => {
      count += 1;
      return { accessKeyId: `key${count}`, secretAccessKey: 's', expiration: new Date(Date.now() + 3_600_000) };
    });
    return { client: cannedClient(origin, 'node', { credentials }), credentials };
  };

  test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException'])(
    'F12: %s in the middle: fresh ones are fetched once, for all segments',
    async (name) => {
      server = await cannedServer((call) => (keyOf(call) === 'key1' ? awsError(name, 'stale') : page([])));
      const { client, credentials } = connect(server.origin);
      expect(await readTable(client, { described: DESCRIBED, segments: 4 })).toMatchObject({
        pages: 4,
        incomplete: null,
      });
      expect(credentials).toHaveBeenCalledTimes(2);
      expect(credentials).toHaveBeenLastCalledWith(expect.objectContaining({ forceRefresh: true }));
      expect(server.calls.map(keyOf).filter((used) => used === 'key2')).toHaveLength(4);
    },
  );

  test('F12: refused again: the fault, after one repeat', async () => {
    server = await cannedServer(() => awsError('ExpiredTokenException', 'The security token is expired'));
    const { client, credentials } = connect(server.origin);
    await expect(readTable(client, { described: DESCRIBED })).rejects.toMatchObject({ code: 'credentials-expired' });
    expect([server.calls.length, credentials.mock.calls.length]).toEqual([2, 2]);
  });

  test('a session ends while many items are written: a fresh one is fetched once, for all of them', async () => {
    server = await cannedServer((call) =>
      keyOf(call) === 'key1' ? awsError('ExpiredTokenException', 'stale') : { body: '{}' },
    );
    const { client, credentials } = connect(server.origin);
    const stamp = { publishedAt: '2026-11-20T12:00:00Z', publishedBy: null, writeId: 'w' };
    const puts = ['a', 'b', 'c', 'd'].map((name) =>
      publishFragment(client, DESCRIBED, { version: 'v1.0.0', 'component#name': name }, { replace: false, stamp }),
    );
    expect(await Promise.all(puts)).toEqual(puts.map(() => ({ outcome: 'published' })));
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  test('a fault of the provider comes through the SDK as it is', async () => {
    server = await cannedServer(() => page([]));
    const fault = new ReadFault('profile-sso-expired', 'Sign-in expired.', { fix: 'aws sso login' });
    const client = cannedClient(server.origin, 'node', { credentials: () => Promise.reject(fault), maxAttempts: 3 });
    await expect(readTable(client, { described: DESCRIBED })).rejects.toBe(fault);
    expect(server.calls).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { ROUTES, type TokenedStart } from '../../src/contract/local-server.ts';
import { type TabContext, unlockStart } from '../../src/dashboard/state/one-time-code.ts';

const START: TokenedStart = {
  name: 'Releases',
  others: [],
  chosen: null,
  token: 'the-token',
  secret: 'the-secret',
  ticket: 'the-ticket',
  source: { kind: 'embedded', data: 'x', simulatedCi: false },
  table: 'ReleaseFragments',
  region: 'us-east-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
};

interface Asked {
  readonly url: string;
  readonly authorization: string | null;
  /** Whether the code had left the address by then. */
  readonly stripped: boolean;
}

function tab(fragment: string, kept: string | null, answer: () => Response | Promise<Response>, storage?: Storage) {
  const held = new Map(kept === null ? [] : [['release-matrix:ticket', kept]]);
  const asked: Asked[] = [];
  let stripped = false;
  const context: TabContext = {
    fragment,
    strip: () => {
      stripped = true;
    },
    storage: storage ?? {
      getItem: (name) => held.get(name) ?? null,
      setItem: (name, value) => void held.set(name, value),
      removeItem: (name) => void held.delete(name),
    },
    fetch: async (url, init) => {
      asked.push({ url: String(url), authorization: new Headers(init?.headers).get('authorization'), stripped });
      return answer();
    },
  };
  return { unlock: () => unlockStart(context), asked, held };
}

const json = (body: unknown, status = 200) => Response.json(body, { status });

test('a code gets the start, is out of the address before anything is asked, and the ticket is kept for the tab', async () => {
  const { unlock, asked, held } = tab('#c=the-code', null, () => json(START));
  expect(await unlock()).toEqual({ start: START });
  expect(asked).toEqual([{ url: ROUTES.start, authorization: 'Code the-code', stripped: true }]);
  expect([...held.values()]).toEqual(['the-ticket']);
});

test('a reload gets the start by the kept ticket; another fragment is left alone', async () => {
  const { unlock, asked } = tab('#matrix', 'the-ticket', () => json(START));
  expect(await unlock()).toEqual({ start: START });
  expect(asked).toEqual([{ url: ROUTES.start, authorization: 'Ticket the-ticket', stripped: false }]);
});

test('a new code wins over the kept ticket', async () => {
  const { unlock, asked, held } = tab('#c=new', 'old', () => json(START));
  await unlock();
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Code new']);
  expect([...held.values()]).toEqual(['the-ticket']);
});

test.each([
  ['nothing to show', '', null, () => json(START), 'no-code'],
  ['a wrong code', '#c=x', null, () => json({ Code: 'Refused' }, 401), 'wrong'],
  ['a used code', '#c=x', null, () => json({ Code: 'CodeUsed' }, 401), 'used'],
  ['an expired code', '#c=x', null, () => json({ Code: 'CodeExpired' }, 401), 'expired'],
  ['a refusal in other words', '#c=x', null, () => json(['?'], 401), 'wrong'],
  ['a ticket of an earlier start', '', 'old', () => json({ Code: 'Refused' }, 401), 'restarted'],
  ['a server that fails', '#c=x', null, () => json({ Code: 'Internal' }, 500), 'unreachable'],
  ['a server that is not there', '#c=x', null, () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
  ['no JSON', '#c=x', null, () => new Response('<html>'), 'unreachable'],
] as const)('%s', async (_, fragment, kept, answer, locked) => {
  expect(await tab(fragment, kept, answer).unlock()).toEqual({ locked });
});

test('a ticket that the server no longer knows is forgotten; one that could not be asked for is kept', async () => {
  const refused = tab('', 'old', () => json({ Code: 'Refused' }, 401));
  await refused.unlock();
  expect(refused.held.size).toBe(0);
  const gone = tab('', 'old', () => Promise.reject(new TypeError('Failed to fetch')));
  await gone.unlock();
  expect(gone.held.size).toBe(1);
});

test('without storage the page opens all the same', async () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const storage = { getItem: denied, setItem: denied, removeItem: denied } as unknown as Storage;
  expect(await tab('#c=x', null, () => json(START), storage).unlock()).toEqual({ start: START });
});

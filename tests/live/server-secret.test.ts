// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { NONCE_HEADER, ROUTES } from '../../src/contract/local-server.ts';
import { identity } from '../../src/devserver/guard/identity.ts';

const SECRET = 'c2VjcmV0IG9mIHRoaXMgc2VydmVyLCAzMiBieXRlcyE'; // 32 bytes, base64url
const OTHER = 'YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIDMyIGxvbmc';

type Module = typeof import('../../src/live/server-secret.ts');
type Later = typeof import('../../src/live/later-part.ts');
let page: Module;

beforeEach(async () => {
  sessionStorage.clear();
  // Anew: the set-up of these tests lets parts of the page load without a server.
  vi.resetModules();
  page = await import('../../src/live/server-secret.ts');
  page.takeSecret(SECRET);
});

const port = Number(location.port);
const nonceOf = (init?: RequestInit): string => new Headers(init?.headers).get(NONCE_HEADER) ?? '';

function answer(reply: (init?: RequestInit) => Response | Promise<Response>): { readonly asked: string[] } {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push(`${url} ${nonceOf(init)}`);
    return reply(init);
  });
  return { asked };
}

describe('who answers', () => {
  const ours = (secret = SECRET, ticket: string | null = null) => {
    const identify = identity(secret, { ticket });
    return (init?: RequestInit) => Response.json(identify(port, nonceOf(init)));
  };

  test('a server that knows the secret is ours, and is asked another question each time', async () => {
    const { asked } = answer(ours());
    expect([await page.whoAnswers(), await page.whoAnswers()]).toEqual(['ours', 'ours']);
    expect(asked[0]).toMatch(new RegExp(`^${ROUTES.identity} [\\w-]{22}$`));
    expect(asked[0]).not.toBe(asked[1]);
  });

  test('the ticket that it brings is for the reload of the tab; one that brings none leaves none', async () => {
    answer(ours(SECRET, 'the-ticket'));
    await page.whoAnswers();
    expect(sessionStorage.getItem('release-matrix:ticket')).toBe('the-ticket');
    answer(ours());
    await page.whoAnswers();
    expect(sessionStorage.length).toBe(0);
  });

  test.each<[string, (init?: RequestInit) => Response | Promise<Response>]>([
    ['that knows another secret', ours(OTHER, 'its-ticket')],
    ['that repeats an answer of before', () => Response.json(identity(SECRET, { ticket: 'x' })(port, 'A'.repeat(22)))],
    [
      'that hands on the answer of a server of ours at another port',
      (init) => Response.json(identity(SECRET, { ticket: 'x' })(port + 1, nonceOf(init))),
    ],
    ['that refuses', () => Response.json({ Code: 'Refused', Message: 'refused' }, { status: 401 })],
    ['that sends the seal of nothing', () => Response.json({ sealed: '' })],
    ['that sends what is not text', () => Response.json({ sealed: 7 })],
    ['that sends a page', () => new Response('<!doctype html>')],
    [
      'that has changed a letter',
      (init) => {
        const { sealed } = identity(SECRET, { ticket: 'x' })(port, nonceOf(init));
        return Response.json({ sealed: `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}` });
      },
    ],
    ['that does not answer in time', () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ])('a program %s is not, and leaves no ticket', async (_, reply) => {
    answer(reply);
    expect(await page.whoAnswers()).toBe('foreign');
    expect(sessionStorage.length).toBe(0);
  });

  test('where nobody listens, nobody answers', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await page.whoAnswers()).toBe('silent');
  });

  test('a part of the page is loaded from our server alone, and once', async () => {
    // The real one: the set-up of these tests lets parts of the page load without a server.
    const { laterPart } = await vi.importActual<Later>('../../src/live/later-part.ts');
    const load = vi.fn(async () => 'the part');
    const part = laterPart(load);
    answer(ours(OTHER));
    await expect(part()).rejects.toThrow('was not loaded yet');
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(part()).rejects.toThrow('was not loaded yet');
    expect(load).not.toHaveBeenCalled();
    const { asked } = answer(ours());
    expect([await part(), await part()]).toEqual(['the part', 'the part']);
    expect([load.mock.calls.length, asked.length]).toEqual([1, 1]);
  });
});

test('whatever the page loads when it is wanted, it loads from our server alone', () => {
  const root = resolve(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(dashboard|live|contract|store|release)\/.*\.tsx?$/.test(name),
  );
  const bare = files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8').replaceAll(/typeof import\(/g, '');
    return [...text.matchAll(/^.*\bimport\(.*$/gm)]
      .map(([line]) => line.trim())
      .filter((line) => !/laterPart\((?:\(\) => import|async \(\) => \(\{ default: \(await import)\(/.test(line));
  });
  // What draws the page, and the worker's file in a browser without workers, before which `restartingEngine` asks who answers.
  expect(bare).toEqual([
    "const drawing = import('react-dom/client').then(() => import('./drawing.tsx')).then(({ drawIn }) => drawIn(element));",
    "import(/* @vite-ignore */ address).catch(() => resolve('never ran'));",
  ]);
  expect(files.length).toBeGreaterThan(100);
});

describe('what the page keeps', () => {
  test('is read by whoever has the secret, on another visit, too', async () => {
    const sealed = await page.vault.seal('{"release":"v1.0.0"}');
    vi.resetModules();
    const later = await import('../../src/live/server-secret.ts');
    later.takeSecret(SECRET);
    expect(await later.vault.open(sealed)).toBe('{"release":"v1.0.0"}');
    expect(await later.vault.nameOf('v1.0.0')).toBe(await page.vault.nameOf('v1.0.0'));
  });

  test('is nothing to whoever has another, or none, and nothing where it was changed', async () => {
    const sealed = await page.vault.seal('v1.0.0');
    const changed = sealed.slice();
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(await page.vault.open(changed)).toBeNull();
    expect([
      await page.vault.open(undefined),
      await page.vault.open('v1.0.0'),
      await page.vault.open(sealed.slice(0, 5)),
    ]).toEqual([null, null, null]);
    for (const secret of [OTHER, null]) {
      vi.resetModules();
      const other = await import('../../src/live/server-secret.ts');
      if (secret !== null) other.takeSecret(secret);
      expect(await other.vault.open(sealed)).toBeNull();
      expect(await other.vault.nameOf('v1.0.0')).not.toBe(await page.vault.nameOf('v1.0.0'));
    }
  });

  test('looks different each time, and its names tell nothing of what they name', async () => {
    const [one, two] = [await page.vault.seal('v1.0.0'), await page.vault.seal('v1.0.0')];
    expect(one).not.toEqual(two);
    expect(await page.vault.nameOf('v1.0.0')).toMatch(/^[\w-]{22}$/);
  });
});

import { expect, test } from 'vitest';
import {
  CODE_FRAGMENT,
  ENGINE_POLICY,
  identityContext,
  NONCE_HEADER,
  PAGE_START_ID,
  REFUSED_HEADER,
  TABLE_PATH,
} from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';

// What the page and the local server agree on is what HTTP, HTML and the browser take.

const ORIGIN = 'http://127.0.0.1:5173';

test('heads of ours are such as HTTP takes and hands over, each its own', () => {
  const heads = [NONCE_HEADER, PROOF_HEADER, REFUSED_HEADER];
  expect([...new Headers(heads.map((name) => [name, 'x'])).keys()]).toEqual(heads.toSorted());
});

test('the names of the policy and of the data block are such as a policy and HTML take', () => {
  expect(ENGINE_POLICY).toMatch(/^[\w#=/@.%-]+$/);
  expect(PAGE_START_ID).toMatch(/^\S+$/);
});

test('the page of a table, whatever its name, stands in the place of nothing else', () => {
  const pathOf = (address: string) => new URL(address, ORIGIN).pathname;
  for (const name of ['index.html', 'assets', '__release-matrix']) {
    expect(pathOf(TABLE_PATH + name)).not.toBe(pathOf(name));
  }
});

test('a code in the address of the page is not sent to the server', () => {
  const { hash, pathname, search } = new URL(`${ORIGIN}/${CODE_FRAGMENT}secret`);
  expect([pathname, search, hash.includes('secret')]).toEqual(['/', '', true]);
});

test('an identity is bound to the port and to what the page has made up', () => {
  const contexts = [identityContext(5173, 'a'), identityContext(5174, 'a'), identityContext(5173, 'b')];
  expect(new Set(contexts).size).toBe(3);
  // A page knows its port as text.
  expect(identityContext('5173', 'a')).toBe(contexts[0]);
});

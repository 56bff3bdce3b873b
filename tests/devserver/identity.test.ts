import { expect, test } from 'vitest';
import { identity } from '../../src/devserver/guard/identity.ts';
import { newNonce, unsealed } from '../proofs.ts';

const SECRET = Buffer.alloc(32, 7).toString('base64url');
const TOLD = { ticket: 'the-ticket' };

test('who answers is told under the secret, for one port and one question', () => {
  const nonce = newNonce();
  const { sealed } = identity(SECRET, TOLD)(5179, nonce);
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(sealed).not.toContain(Buffer.from('the-ticket').toString('base64url').slice(2, -2));
  expect(unsealed(SECRET, 5179, nonce, sealed)).toEqual(TOLD);
  expect(() => unsealed(SECRET, 5180, nonce, sealed)).toThrow();
  expect(() => unsealed(SECRET, 5179, newNonce(), sealed)).toThrow();
  expect(() => unsealed(Buffer.alloc(32, 8).toString('base64url'), 5179, nonce, sealed)).toThrow();
});

test('the same question is never answered alike: a second seal under the same key would give the first one away', () => {
  const identify = identity(SECRET, TOLD);
  const nonce = newNonce();
  const starts = Array.from({ length: 3 }, () => identify(5179, nonce).sealed.slice(0, 16));
  expect(new Set(starts).size).toBe(3);
});

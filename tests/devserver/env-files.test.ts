import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { lendAwsVariables, readEnvironment } from '../../src/devserver/env-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-env-'));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

test('the environment wins over .env.local, and that over .env; what is empty is not set', () => {
  write('.env', 'A=env\nB=env\nC=env\nD=\nE=env');
  write('.env.local', 'B=local\nC=local\nE=');
  write('.env.other', 'A=other');
  expect(readEnvironment(folder, { C: 'own', D: '', E: '', F: 'own' })).toEqual({
    A: 'env',
    B: 'local',
    C: 'own',
    E: 'env',
    F: 'own',
  });
});

test('without files the environment is as it is, but for what is empty', () => {
  expect(readEnvironment(folder, { A: 'own', B: '', C: undefined })).toEqual({ A: 'own', C: undefined });
});

describe('as editors and shells of Windows write it', () => {
  const bigEndian = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  test.each([
    ['UTF-8', Buffer.from('A=é')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFA=é')],
    ['UTF-16', Buffer.from('\uFEFFA=é', 'utf16le')],
    ['UTF-16 of the other order', bigEndian('A=é')],
  ])('%s', (_, bytes) => {
    write('.env', bytes);
    expect(readEnvironment(folder, {})).toEqual({ A: 'é' });
  });

  test.each([
    ['UTF-16 without a mark', Buffer.from('A=b', 'utf16le')],
    ['half a mark', Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from('A=b')])],
    ['half of the other mark', Buffer.concat([Buffer.from([0xfe, 0x00]), Buffer.from('A=b')])],
    ['the end of a mark alone', Buffer.concat([Buffer.from([0x00, 0xfe]), Buffer.from('A=b')])],
    ['the end of the other mark alone', Buffer.concat([Buffer.from([0x00, 0xff]), Buffer.from('A=b')])],
  ])('but not %s', (_, bytes) => {
    write('.env.local', bytes);
    expect(() => readEnvironment(folder, {})).toThrow(
      `${join(folder, '.env.local')} is not UTF-8 text, nor UTF-16 with a byte order mark`,
    );
  });
});

test('a file that is there and cannot be read is a fault', () => {
  mkdirSync(join(folder, '.env'));
  expect(() => readEnvironment(folder, {})).toThrow('EISDIR');
});

test('the variables of AWS are lent to the SDK, where it has none of that name', () => {
  const to: NodeJS.ProcessEnv = { AWS_B: 'own', AWS_C: '' };
  lendAwsVariables({ AWS_A: 'a', AWS_B: 'b', AWS_C: 'c', AWS_D: undefined, MY_AWS_E: 'e', aws_f: 'f' }, to);
  expect(to).toEqual({ AWS_A: 'a', AWS_B: 'own', AWS_C: 'c' });
  expect(Object.keys(to)).not.toContain('AWS_D');
});

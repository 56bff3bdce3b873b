import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { codePage } from '../../src/devserver/guard/code-page.ts';
import { keptSecret } from '../../src/devserver/guard/kept-secret.ts';

/** What happens at the moment in which the secret gets its name, in place of nothing. */
const meanwhile = vi.hoisted(() => ({ happens: (_file: string): void => undefined }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const linkSync: typeof fs.linkSync = (draft, file) => {
    meanwhile.happens(String(file));
    fs.linkSync(draft, file);
  };
  return { ...fs, linkSync };
});

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'release-matrix-kept-'));
});
afterEach(() => {
  meanwhile.happens = () => undefined;
  rmSync(home, { recursive: true, force: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform === 'win32')('the secret that a server proves itself by', () => {
  const FOLDER = () => join(home, 'release-matrix');
  const FILE = () => join(FOLDER(), 'secret-normal');
  const keep = () => keptSecret('normal', { XDG_STATE_HOME: home });

  test('is the same at each start, one for each way of starting, and its owner alone may read it', () => {
    const first = keep();
    expect(first).toEqual({ value: expect.stringMatching(/^[\w-]{43}$/), trouble: null });
    expect(keep()).toEqual(first);
    const shared = keptSecret('shared-machine', { XDG_STATE_HOME: home });
    expect(shared.value).not.toBe(first.value);
    expect([modeOf(FOLDER()), modeOf(FILE()), modeOf(join(FOLDER(), 'secret-shared-machine'))]).toEqual([
      0o700, 0o600, 0o600,
    ]);
    expect(readdirSync(FOLDER()).sort()).toEqual(['secret-normal', 'secret-shared-machine']);
  });

  test.each([
    ['that others may read', (file: string) => chmodSync(file, 0o644)],
    ['that a group may read', (file: string) => chmodSync(file, 0o640)],
    ['that others may write', (file: string) => chmodSync(file, 0o602)],
    ['that is cut off', (file: string) => writeFileSync(file, 'AAAA')],
    ['that is empty', (file: string) => writeFileSync(file, '')],
    ['that is too long', (file: string) => writeFileSync(file, 'A'.repeat(44))],
    [
      'that is a pipe, into which nobody writes',
      (file: string) => {
        rmSync(file);
        execFileSync('mkfifo', ['-m', '600', file]);
      },
    ],
    [
      'that is a link to what somebody knows',
      (file: string) => {
        const known = join(home, 'known');
        writeFileSync(known, 'A'.repeat(43), { mode: 0o600 });
        rmSync(file);
        symlinkSync(known, file);
      },
    ],
    [
      'that is a folder',
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('is made anew where there is a file %s', (_, spoil) => {
    const first = keep();
    spoil(FILE());
    const next = keep();
    expect(next).toEqual({ value: expect.stringMatching(/^[\w-]{43}$/), trouble: null });
    expect([first.value, 'A'.repeat(43)]).not.toContain(next.value);
    expect([lstatSync(FILE()).isFile(), modeOf(FILE())]).toEqual([true, 0o600]);
    expect(keep()).toEqual(next);
  });

  test('is that of another start which was quicker', () => {
    meanwhile.happens = (file) => writeFileSync(file, 'B'.repeat(43), { mode: 0o600 });
    expect(keep()).toEqual({ value: 'B'.repeat(43), trouble: null });
    expect(readdirSync(FOLDER())).toEqual(['secret-normal']);
  });

  test('is not what others could read that came in between', () => {
    meanwhile.happens = (file) => {
      writeFileSync(file, 'B'.repeat(43));
      chmodSync(file, 0o644);
    };
    const { value, trouble } = keep();
    expect(value).not.toBe('B'.repeat(43));
    expect([value, trouble]).toEqual([
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringContaining('it does not stay as it was written'),
    ]);
  });

  test('is not kept where a file cannot get its name, and nothing is left there', () => {
    meanwhile.happens = () => {
      throw Object.assign(new Error('EPERM: no links here'), { code: 'EPERM' });
    };
    expect(keep()).toEqual({
      value: expect.stringMatching(/^[\w-]{43}$/),
      trouble: expect.stringContaining(`(${FOLDER()}: EPERM: no links here)`),
    });
    expect(readdirSync(FOLDER())).toEqual([]);
  });

  test('is taken as it is where files have neither owners nor modes, as on Windows', () => {
    const first = keep();
    chmodSync(FILE(), 0o644);
    const { getuid } = process;
    try {
      Object.assign(process, { getuid: undefined });
      expect(keep()).toEqual(first);
    } finally {
      Object.assign(process, { getuid });
    }
  });

  test.skipIf(!isRoot)('is made anew where the file belongs to another user', () => {
    const first = keep();
    chownSync(FILE(), 65_534, 65_534);
    const next = keep();
    expect(next.value).not.toBe(first.value);
    expect(statSync(FILE()).uid).toBe(0);
  });

  test.skipIf(!isRoot)('is not kept in a folder of somebody else', () => {
    mkdirSync(FOLDER(), { mode: 0o700 });
    chownSync(FOLDER(), 65_534, 65_534);
    expect(keep()).toEqual({ value: expect.any(String), trouble: expect.stringContaining('belongs to another user') });
    expect(readdirSync(FOLDER())).toEqual([]);
  });

  test('is not kept through a link in the place of the folder', () => {
    const other = join(home, 'other');
    mkdirSync(other);
    symlinkSync(other, FOLDER());
    expect(keep().trouble).toContain('not a folder, or a link to one');
    expect(readdirSync(other)).toEqual([]);
  });

  test('a folder that others may look into is closed', () => {
    mkdirSync(FOLDER());
    chmodSync(FOLDER(), 0o755);
    expect(keep().trouble).toBeNull();
    expect(modeOf(FOLDER())).toBe(0o700);
  });

  test.each<[string, NodeJS.ProcessEnv, NodeJS.Platform, string | null]>([
    ['the standard of Linux', { HOME: '{HOME}' }, 'linux', '.local/state'],
    ['the folder that is named', { HOME: '{HOME}', XDG_STATE_HOME: '{HOME}/state' }, 'linux', 'state'],
    ['no relative path, as the standard says', { HOME: '{HOME}', XDG_STATE_HOME: 'state' }, 'linux', '.local/state'],
    ['macOS', { HOME: '{HOME}' }, 'darwin', 'Library/Application Support'],
    ['Windows', { LOCALAPPDATA: '{HOME}/Local', USERPROFILE: '{HOME}' }, 'win32', 'Local'],
    ['no folder of Windows elsewhere', { HOME: '{HOME}', LOCALAPPDATA: '{HOME}/Local' }, 'linux', '.local/state'],
    ['nowhere', {}, 'linux', null],
  ])('is kept where the user has such things: %s', (_, env, platform, folder) => {
    const filled = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value?.replace('{HOME}', home)]),
    );
    const { value, trouble } = keptSecret('normal', filled, platform);
    if (folder === null) {
      expect(trouble).toContain('HOME is not set');
      expect(value).not.toBe(keptSecret('normal', filled, platform).value);
    } else {
      expect(readFileSync(join(home, folder, 'release-matrix', 'secret-normal'), 'utf8')).toBe(value);
    }
  });

  test('what cannot be kept is said, with what follows from it', () => {
    writeFileSync(join(home, 'release-matrix'), 'a file in its place');
    expect(keep().trouble).toMatch(/^The secret of this server is not kept .* must be opened anew/);
  });
});

describe('the page on disk that leads to the address with a code', () => {
  test('is for its owner alone, holds the address, and is gone when it is no longer wanted', () => {
    const page = codePage(home);
    const path = fileURLToPath(page.url);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(home)).toEqual([expect.stringMatching(/^release-matrix-open-\w{6}$/)]);
    page.write('http://127.0.0.1:5179/#c=first');
    page.write('http://127.0.0.1:5179/#c=second');
    expect(readFileSync(path, 'utf8')).toContain('location.replace("http://127.0.0.1:5179/#c=second")');
    expect(readFileSync(path, 'utf8')).not.toContain('first');
    if (process.platform !== 'win32') expect([modeOf(path), modeOf(join(path, '..'))]).toEqual([0o600, 0o700]);
    page.remove();
    expect(existsSync(path)).toBe(false);
    page.write('http://127.0.0.1:5179/#c=third');
    page.end();
    expect(readdirSync(home)).toEqual([]);
  });

  test('is gone when the process ends, and is nothing to the process once it has been taken away', () => {
    const before = process.listeners('exit');
    const [kept, ended] = [codePage(home), codePage(home)];
    kept.write('http://127.0.0.1:5179/#c=x');
    ended.end();
    const added = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    for (const listener of added) listener.call(process, 0);
    expect(readdirSync(home)).toEqual([]);
    kept.end();
    expect(process.listeners('exit')).toEqual(before);
  });

  test('is written again where its folder has been cleaned away', () => {
    const page = codePage(home);
    const path = fileURLToPath(page.url);
    rmSync(join(path, '..'), { recursive: true });
    page.remove();
    page.write('http://127.0.0.1:5179/#c=x');
    expect(existsSync(path)).toBe(true);
    page.end();
  });

  test('does not write through what somebody has put in its place', () => {
    const page = codePage(home);
    const path = fileURLToPath(page.url);
    const other = join(home, 'other');
    writeFileSync(other, 'untouched');
    symlinkSync(other, path);
    page.write('http://127.0.0.1:5179/#c=x');
    expect(readFileSync(other, 'utf8')).toBe('untouched');
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    page.end();
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

const REPOSITORY = resolve(import.meta.dirname, '../..');

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder into which the package was installed, and nothing else; and an empty home. */
    readonly installed: { readonly place: string; readonly home: string };
  }
}

/** Builds the package and installs it in an empty folder, once for all tests of it. @returns removes it */
export default function installPackage({ provide }: TestProject): () => void {
  const root = mkdtempSync(join(tmpdir(), 'release-matrix-package-'));
  const [home, place, built] = [join(root, 'home'), join(root, 'place'), join(root, 'package')];
  execFileSync(process.execPath, ['scripts/build-package.mjs', built], { cwd: REPOSITORY, stdio: 'pipe' });
  for (const folder of [home, place]) mkdirSync(folder);
  const npm = (words: readonly string[], cwd: string) =>
    execFileSync('npm', [...words], { cwd, env: { PATH: process.env.PATH, HOME: home }, stdio: 'pipe' });
  npm(['pack', built, '--pack-destination', root], root);
  const packed = readdirSync(root).find((name) => name.endsWith('.tgz'));
  npm(['install', '--offline', '--no-audit', '--no-fund', join(root, String(packed))], place);
  provide('installed', { place, home });
  return () => rmSync(root, { recursive: true, force: true });
}

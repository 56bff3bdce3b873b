import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { UserConfig } from 'vite';
import { BIND_ADDRESS } from './guard/bind-address.ts';
import { NONCE_PLACEHOLDER } from './page.ts';

/** Files that the development server never reads out, wherever they lie. */
const DENIED_FILES = [
  '.env',
  '.env.*',
  '*.{crt,pem,key,p12,pfx,cer,der}',
  '*.{sqlite,sqlite3,db}',
  '.npmrc',
  '.yarnrc.yml',
  '**/.git/**',
  '**/.aws/**',
  '**/.ssh/**',
  '**/.data/**',
] as const;

/** Vite reads environment and env files too, for `import.meta.env`; no variable of ours, or of a CI, may ever match. */
export const ENV_PREFIX = 'RELEASE_MATRIX_PUBLIC_';

/**
 * Vite's settings on which the guard relies. They are set here and not in the config file, so that no config can
 * forget them; Vite's CORS and host check stay off or strict besides.
 *
 * @param port of both the development server and the preview, so that bookmarks and stored views keep their origin
 */
export function viteOptions(options: {
  readonly root: string;
  readonly port: number;
  readonly isPreview: boolean;
  /** What the browser is opened on, in place of the address; null: as Vite likes. */
  readonly open: string | null;
}): UserConfig {
  const { root, port, isPreview, open } = options;
  const bound = {
    host: BIND_ADDRESS,
    port,
    strictPort: true,
    cors: false,
    allowedHosts: [],
    ...(open === null ? {} : { open }),
  };
  return {
    // The page is sent by us, with its start, its policy and no-store; Vite must not send it a second way.
    appType: 'custom',
    envPrefix: ENV_PREFIX,
    ...(isPreview ? {} : { html: { cspNonce: NONCE_PLACEHOLDER } }),
    server: {
      ...bound,
      forwardConsole: false,
      fs: {
        strict: true,
        allow: ['src', 'index.html', 'node_modules', 'docs/findings.md'].map((name) => realPath(join(root, name))),
        deny: [...DENIED_FILES],
      },
    },
    preview: bound,
  };
}

/** Vite compares real paths; a linked node_modules would be refused otherwise. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

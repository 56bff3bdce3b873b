import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { viteOptions } from '../../src/devserver/vite-options.ts';

const root = mkdtempSync(join(realpathSync(tmpdir()), 'release-matrix-options-'));
mkdirSync(join(root, 'src'));
mkdirSync(join(root, 'elsewhere'));
symlinkSync(join(root, 'elsewhere'), join(root, 'node_modules'));
writeFileSync(join(root, 'index.html'), '');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const BOUND = { host: '127.0.0.1', port: 5179, strictPort: true, cors: false, allowedHosts: [] };
const DENIED = [
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
];

/** The whole of it, as every line keeps something away. */
const DEV = {
  appType: 'custom',
  envPrefix: 'RELEASE_MATRIX_PUBLIC_',
  html: { cspNonce: '__CSP_NONCE__' },
  server: {
    ...BOUND,
    forwardConsole: false,
    fs: {
      strict: true,
      // Real paths, of a linked folder, too; what is not there is named as it would be.
      allow: [join(root, 'src'), join(root, 'index.html'), join(root, 'elsewhere'), join(root, 'docs/findings.md')],
      deny: DENIED,
    },
  },
  preview: BOUND,
};

test('Vite is bound to this machine, answers no CORS, and reads out few folders and no secrets', () => {
  expect(viteOptions({ root, port: 5179, isPreview: false, open: null })).toEqual(DEV);
  const { html: _, ...preview } = DEV;
  expect(viteOptions({ root, port: 5179, isPreview: true, open: null })).toEqual(preview);
});

test('the browser is opened on what is named, in dev and in preview, and left to Vite where nothing is', () => {
  const open = 'file:///home/me/open.html';
  const named = viteOptions({ root, port: 5179, isPreview: false, open });
  expect([named.server?.open, named.preview?.open]).toEqual([open, open]);
  const unnamed = viteOptions({ root, port: 5179, isPreview: false, open: null });
  expect([unnamed.server, unnamed.preview].filter((bound) => bound !== undefined && 'open' in bound)).toEqual([]);
});

// The page that is one file, without data: everything that it runs is in it, and nothing else may run. `npm run build` and
// the development server have it made by this program, in a process of its own: in theirs React may be made for development.
//
//   node scripts/run-ts.mjs scripts/one-file.mjs > one-file.html
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { onlyChecksOfFindings } from '../src/devserver/only-checks.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** @returns {Promise<string>} the page */
async function buildOneFile() {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    // No variable of ours, or of a CI, may ever match.
    envPrefix: 'RELEASE_MATRIX_PUBLIC_',
    plugins: [react(), tailwindcss(), onlyChecksOfFindings()],
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: join(ROOT, 'src/dashboard/one-file.tsx'), output: { codeSplitting: false } },
    },
  });
  const files = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  const [script, ...scripts] = files.filter((file) => file.type === 'chunk');
  const [style, ...others] = files.filter((file) => file.type === 'asset');
  if (script === undefined || style === undefined || scripts.length + others.length > 0) {
    throw new Error(`Expected a script and a style sheet, got ${files.map(({ fileName }) => fileName).join(', ')}.`);
  }
  return pageOf(inScript(script.code), inStyle(String(style.source)));
}

/**
 * The data block, which is filled later (src/contract/one-file.ts), stands first, so that nothing of the program can be taken
 * for it.
 *
 * @param {string} script
 * @param {string} style
 */
function pageOf(script, style) {
  const icon = readFileSync(join(ROOT, 'src/dashboard/icon.svg'), 'utf8').trim();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}" type="image/svg+xml">
<title>Release Matrix</title>
<script type="application/json" id="release-matrix-file"></script>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>Release Matrix draws this page from the releases in the file, so it needs JavaScript.</noscript>
<script type="module">${script}</script>
</body>
</html>
`;
}

/**
 * One script and one style sheet, by their digests; no connection, whatever it is for. Every browser that does not know a
 * rule leaves it out, and none of the others rests on it.
 *
 * @param {string} script
 * @param {string} style
 */
function policyOf(script, style) {
  return [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** @param {string} text */
function digestOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/**
 * What would end a script element stands in texts and expressions only, where it may be written so.
 *
 * @param {string} code
 */
function inScript(code) {
  const safe = code.trim().replaceAll(/<(?=\/script|!--)/gi, '\\x3c');
  if (/[\r\0]/.test(safe)) throw new Error('The script holds a character that a document does not keep as it is.');
  return safe;
}

/** @param {string} css */
function inStyle(css) {
  if (/<\/style|<!--|[\r\0]|url\(/i.test(css)) throw new Error('The style sheet cannot stand in a document as it is.');
  return css.trim();
}

process.env.NODE_ENV = 'production';
process.stdout.write(await buildOneFile());

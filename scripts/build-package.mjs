// `npm run build:package`: what is published as the package `release-matrix`, in the folder `package`: the command line, the
// dashboard as it was built, and all that they need, so that an installation fetches nothing else and runs no script.
//
//   node scripts/build-package.mjs [folder]      (default: package)
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { licencesOf, lodashAsUsed, packagesOf } from './bundled.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'package'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'parts'), { recursive: true });

// Whoever builds it, what is built is the same: for tests React would name the files that it was made of.
process.env.NODE_ENV = 'production';
await build({ root, logLevel: 'error', build: { outDir: join(folder, 'page'), emptyOutDir: true } });

const built = await build({
  configFile: false,
  root,
  logLevel: 'error',
  resolve: { preserveSymlinks: true },
  ssr: { noExternal: true, target: 'node' },
  plugins: [lodashAsUsed(), dynaliteInMemory()],
  build: {
    ssr: 'src/program/main.ts',
    target: 'node20',
    write: false,
    rolldownOptions: {
      output: {
        format: 'esm',
        entryFileNames: 'release-matrix.mjs',
        chunkFileNames: 'parts/[name]-[hash].mjs',
        minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
});
const chunks = (Array.isArray(built) ? built : [built])
  .flatMap((one) => ('output' in one ? one.output : []))
  .filter((one) => one.type === 'chunk');
for (const { fileName, code, isEntry } of chunks) {
  const file = join(folder, fileName);
  writeFileSync(file, isEntry ? `#!/usr/bin/env node\n${code}` : code);
  if (isEntry) chmodSync(file, 0o755);
}

const packages = packagesOf(chunks.flatMap(({ modules }) => Object.keys(modules)));
writeFileSync(join(folder, 'licences.txt'), licencesOf(packages));
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) copyFileSync(join(root, file), join(folder, file));
cpSync(join(root, 'schema'), join(folder, 'schema'), { recursive: true });
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);

/** The repository's own package.json without what only its developers need: everything else is in the bundle. */
function manifest() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, description, license, type, engines, keywords, repository, bugs, homepage, publishConfig } =
    own;
  return {
    name,
    version,
    description,
    license,
    keywords,
    repository,
    bugs,
    homepage,
    type,
    engines,
    bin: { 'release-matrix': 'release-matrix.mjs' },
    // Programs read the schemas; there is nothing else to import.
    exports: { './schema/*': './schema/*', './package.json': './package.json' },
    files: ['release-matrix.mjs', 'parts', 'page', 'schema', 'licences.txt', 'CHANGELOG.md'],
    publishConfig,
  };
}

/**
 * dynalite looks its operations up by name when it starts: here each is named. Its database of files is LevelDB, whose
 * native part of 6 MB is left out; a folder for the embedded table is then refused, in words, and memory is used.
 *
 * @returns {import('vite').Plugin}
 */
function dynaliteInMemory() {
  const level = '\0level-left-out';
  return {
    name: 'dynalite-in-memory',
    enforce: 'pre',
    resolveId: (source) => (source === 'level' ? level : undefined),
    load: (id) =>
      id === level
        ? `export class Level { constructor() { throw new Error('the package has no database of files; a checkout has'); } }`
        : undefined,
    transform(code, id) {
      if (!id.endsWith('/dynalite/index.js')) return undefined;
      const names = /validOperations = \[([^\]]+)\]/.exec(code)?.[1]?.match(/\w+/g) ?? [];
      if (names.length === 0) throw new Error('This dynalite names its operations in another way than dynalite 4.');
      return code.replaceAll(/require\('(\.\/(?:actions|validations)\/)' \+ action\)/g, (_, path) => {
        const files = names.map((name) => `${name[0]?.toLowerCase()}${name.slice(1)}`);
        return `({ ${files.map((file) => `${file}: require('${path}${file}')`).join(', ')} })[action]`;
      });
    },
  };
}

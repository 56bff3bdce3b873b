// Writes docs/licences.md: node scripts/licences.mjs. With --check it writes nothing and ends with 1 where the file is old.
//
// Every package that the product runs with, as the lockfile pins it. What only builds or tests the product is not shipped.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const file = resolve(root, 'docs/licences.md');
const { packages } = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8'));

/** Licences under which a package may be shipped without asking anybody. */
const PERMISSIVE = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'PSF-2.0']);

const shipped = Object.entries(packages)
  .filter(([place, { dev, devOptional, link }]) => place !== '' && !dev && !devOptional && !link)
  .map(([place, { version, license }]) => ({ name: place.replace(/^.*node_modules\//, ''), version, license }))
  .sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
const unusual = shipped.filter(({ license }) => !PERMISSIVE.has(license));
if (unusual.length > 0) {
  const names = unusual.map(({ name, version, license }) => `${name} ${version} (${license ?? 'no licence'})`);
  process.stderr.write(`Not under a permissive licence: ${names.join(', ')}. Look at it before it is shipped.\n`);
  process.exit(1);
}

const rows = [...new Set(shipped.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`))];
const text = `# Licences

The ${rows.length} packages that Release Matrix runs with, as \`package-lock.json\` pins them. Written by \`npm run licences\`. The
licences of what is bundled into the command line are beside it, in \`action/licences.txt\`; \`npm run sbom\` prints them, with what builds and
tests the product, as CycloneDX.

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`;
if (process.argv.includes('--check')) process.exitCode = readFileSync(file, 'utf8') === text ? 0 : 1;
else writeFileSync(file, text);

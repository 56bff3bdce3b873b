import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** The benchmark's own pages as they would be shipped: minified, React in its production form. */
export async function buildPages(outDir: string): Promise<void> {
  asProduction();
  const root = join(import.meta.dirname, 'pages');
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: {
        input: readdirSync(root)
          .filter((name) => name.endsWith('.html'))
          .map((name) => join(root, name)),
      },
    },
  });
}

/** The dashboard itself, exactly as `npm run build` makes it, and what became of its files. */
export async function buildDashboard(outDir: string): Promise<Rolldown.RolldownOutput> {
  asProduction();
  const built = await build({ root: REPOSITORY, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  if (Array.isArray(built) || !('output' in built)) throw new Error('Expected one output of the build.');
  return built;
}

/**
 * What is measured in Node, without a browser around it. Bundled: through Vite's module runner each call between two files
 * would be a look-up.
 *
 * @param name of a file of this folder, without its ending
 * @returns the path of the bundle
 */
export async function buildForNode(outDir: string, name: string): Promise<string> {
  asProduction();
  const entry = join(import.meta.dirname, `${name}.ts`);
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, ssr: entry },
    ssr: { noExternal: true },
  });
  return join(outDir, `${name}.js`);
}

/**
 * Vite's module runner, by which we run, has set it to development, and a build keeps what it finds: it would measure
 * React's development form, which is several times slower.
 */
function asProduction(): void {
  process.env.NODE_ENV = 'production';
}

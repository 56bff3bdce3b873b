import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';
import { ONE_FILE_PAGE } from './src/contract/one-file.ts';
import { onlyChecksOfFindings } from './src/devserver/only-checks.ts';
import { releaseMatrix } from './src/devserver/plugin.ts';
import type { OwnTablePort } from './src/devserver/table/table-port.ts';
import { ENV_PREFIX } from './src/devserver/vite-options.ts';
import type { Settings } from './src/store/settings.ts';

// Host, port, CORS, file access and the page itself are set by the plugin, which the guard relies on.
export default defineConfig({
  // For the build, too, in which the plugin has no part.
  envPrefix: ENV_PREFIX,
  plugins: [
    releaseMatrix({ openTable: openDemo, isDemo: true }),
    react(),
    tailwindcss(),
    fetchFirstPartsAtOnce(),
    firstPartInOneFile('drawing', 'src/dashboard/drawing.tsx', 'src/dashboard/main.ts'),
    onlyChecksOfFindings(),
    pageAsOneFile(),
  ],
  // Modules, so that parts of it can be loaded when they are wanted.
  worker: { format: 'es', plugins: () => [firstPartInOneFile('engine', 'src/live/open-engine.ts')] },
  // The one page and its worker: what either needs is made ready at once. What is found out later loads the page anew.
  optimizeDeps: { entries: ['index.html', 'src/live/worker.ts'] },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // One style sheet of 10 kB: parts of it that came later would move what is on the screen.
    cssCodeSplit: false,
    // The content security policy allows no data: addresses, so nothing small may be put in line.
    assetsInlineLimit: 0,
  },
});

/** Loaded only where it is wanted: real tables need neither the demo estate nor the embedded table. */
async function openDemo(settings: Settings): Promise<OwnTablePort> {
  const { openDemoTable } = await import('./src/demo/open-demo.ts');
  return openDemoTable(settings);
}

/**
 * Lets the browser fetch what the entry imports dynamically (the page) together with the entry: else it would learn of
 * these files only when the entry runs.
 */
function fetchFirstPartsAtOnce(): Plugin {
  return {
    name: 'fetch-first-parts-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk: entry }) {
        const wanted = new Set<string>();
        const add = (fileName: string) => {
          const chunk = bundle[fileName];
          if (wanted.has(fileName) || chunk?.type !== 'chunk') return;
          wanted.add(fileName);
          for (const imported of chunk.imports) add(imported);
        };
        for (const fileName of entry?.dynamicImports ?? []) add(fileName);
        for (const fileName of [entry?.fileName, ...(entry?.imports ?? [])]) if (fileName) wanted.delete(fileName);
        return [...wanted].map((fileName): HtmlTagDescriptor => {
          const attrs = { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` };
          return { tag: 'link', attrs, injectTo: 'head' };
        });
      },
    },
  };
}

/** It has a file of its own, and is run before the others (src/dashboard/main.ts). */
const REACT = /\/node_modules\/(react|react-dom|scheduler)\//;

/**
 * Puts into one file all that a module imports, and what that imports in turn, but for dynamic imports. Else each module that
 * a later part imports as well would get a file of its own: thirty of them, larger together, and each a request.
 *
 * @param name of the file
 * @param before the module that runs first: what it imports stays with it
 */
function firstPartInOneFile(name: string, module: string, before?: string): Plugin {
  const at = (path: string) => join(import.meta.dirname, path);
  let inFile: ReadonlySet<string> = new Set();
  return {
    name: `first-part-in-one-file:${name}`,
    apply: 'build',
    buildEnd() {
      const importedBy = (path: string): Set<string> => {
        const found = new Set([at(path)]);
        for (const id of found) for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
        return found;
      };
      const first = before === undefined ? new Set<string>() : importedBy(before);
      inFile = new Set([...importedBy(module)].filter((id) => !first.has(id)));
    },
    outputOptions(options) {
      const groups = [{ name: (id: string) => (!inFile.has(id) ? null : REACT.test(id) ? 'react' : name) }];
      return { ...options, codeSplitting: { includeDependenciesRecursively: false, groups } };
    },
  };
}

/**
 * The page that is one file lies beside the other files of a build. In dev it is made when somebody wants it; after a change
 * of its sources, by a new start of the server.
 */
function pageAsOneFile(): Plugin {
  const make = async (): Promise<string> => {
    const words = ['scripts/run-ts.mjs', 'scripts/one-file.mjs'];
    const made = await promisify(execFile)(process.execPath, words, {
      cwd: import.meta.dirname,
      maxBuffer: 64 * 1024 ** 2,
    });
    return made.stdout;
  };
  return {
    name: 'page-as-one-file',
    configureServer(server) {
      let made: Promise<string> | null = null;
      server.middlewares.use(`/${ONE_FILE_PAGE}`, async (_, response) => {
        try {
          made ??= make();
          const page = await made;
          response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
        } catch (error) {
          made = null;
          server.config.logger.error(`The page as one file could not be made.\n${error}`);
          response.writeHead(500).end();
        }
      });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: ONE_FILE_PAGE, source: await make() });
    },
  };
}

import { readFileSync } from 'node:fs';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';
import { checkSections } from './src/devserver/guard/check-sections.ts';
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
    onlyChecksOfFindings(),
  ],
  // Modules, so that parts of it can be loaded when they are wanted.
  worker: { format: 'es' },
  // The one page; without this Vite would look for entries in every HTML file of the tree.
  optimizeDeps: { entries: ['index.html'] },
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
 * Lets the browser fetch what the entry imports dynamically (the page, the reader of the table) together with the entry:
 * else it would learn of these files only when the entry runs.
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

/** Of docs/findings.md the page shows the checks alone: half of the file, which is nobody's to load. */
function onlyChecksOfFindings(): Plugin {
  const RAW = '/docs/findings.md?raw';
  return {
    name: 'only-checks-of-findings',
    apply: 'build',
    enforce: 'pre',
    load: (id) =>
      id.endsWith(RAW)
        ? `export default ${JSON.stringify(checkSections(readFileSync(id.slice(0, -'?raw'.length), 'utf8')))};`
        : null,
  };
}

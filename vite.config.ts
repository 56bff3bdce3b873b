import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { releaseMatrix } from './src/devserver/plugin.ts';

// Host, port, CORS, file access and the page itself are set by the plugin, which the guard relies on.
export default defineConfig({
  plugins: [releaseMatrix(), react(), tailwindcss()],
  // The one page; without this Vite would look for entries in every HTML file of the tree.
  optimizeDeps: { entries: ['index.html'] },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // The content security policy allows no data: addresses, so nothing small may be put in line.
    assetsInlineLimit: 0,
  },
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, createServer as createVite, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDemoTable } from '../../src/demo/open-demo.ts';
import { releaseMatrix } from '../../src/devserver/plugin.ts';
import { launchBrowser } from '../attacks/try-browser.ts';

const FILES: Record<string, string> = {
  'index.html': `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="/src/icon.svg">
    <title>Scratch</title></head><body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>`,
  'src/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>',
  'src/styles.css': '@import "tailwindcss";',
  'src/Counter.tsx': `import { useState } from 'react';
    export function Counter() {
      const [n, setN] = useState(0);
      return <button type="button" className="text-red-500" onClick={() => setN(n + 1)}>count {n}</button>;
    }`,
  'src/main.tsx': `import { createRoot } from 'react-dom/client';
    import { Counter } from './Counter.tsx';
    import './styles.css';
    createRoot(document.getElementById('root')).render(<Counter />);`,
};

describe.each(['dev', 'preview'] as const)('in Chromium, %s', (serving) => {
  const root = mkdtempSync(join(tmpdir(), 'release-matrix-browser-'));
  let browser: Browser;
  let port: number;
  let evil: Server;
  let evilPort: number;
  let close: () => Promise<void>;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  beforeAll(async () => {
    for (const [path, text] of Object.entries(FILES)) write(path, text);
    symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    const config = {
      configFile: false as const,
      root,
      logLevel: 'silent' as const,
      cacheDir: join(root, 'cache'),
      build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
    };
    const plugins = () => [
      releaseMatrix({ env: { SIMULATED_CI: 'off' }, openTable: openDemoTable, isDemo: true }),
      react(),
      tailwindcss(),
    ];
    if (serving === 'preview') await build({ ...config, plugins: plugins() });
    const server =
      serving === 'dev'
        ? await (await createVite({ ...config, plugins: plugins(), server: { port: 0 } })).listen()
        : await preview({ ...config, plugins: plugins(), preview: { port: 0 } });
    close = () => server.close();
    port = portOf(server.httpServer);
    evil = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!doctype html><title>Evil</title><body></body>');
    });
    await new Promise<void>((listening) => evil.listen(0, '127.0.0.1', listening));
    evilPort = portOf(evil);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await close();
    evil.closeAllConnections();
    evil.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('the page, its styles and hot updates break no rule of its policy', async () => {
    const page = await browser.newPage();
    const told: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') told.push(message.text());
    });
    page.on('pageerror', (error) => told.push(error.message));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
        reportError(new Error(violatedDirective));
      });
    });
    await page.goto(`http://127.0.0.1:${port}/deep/link?x=1`);
    await page.getByText('count 0').click();
    const counter = page.getByText('count 1');
    await counter.waitFor();
    const plain = await page.evaluate(() => getComputedStyle(document.body).color);
    expect(await counter.evaluate((element) => getComputedStyle(element).color)).not.toBe(plain);
    if (serving === 'dev') {
      write('src/Counter.tsx', (FILES['src/Counter.tsx'] ?? '').replace('>count', '>tally').replace('red', 'blue'));
      await page.getByText('tally 1').waitFor();
    }
    expect(told).toEqual([]);
    await page.close();
  });

  test('localhost leads to the one address', async () => {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/?view=matrix`);
    expect(page.url()).toBe(`http://127.0.0.1:${port}/?view=matrix`);
    await page.close();
  });

  test('a link from elsewhere opens the page, and its opener cannot look in', async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${evilPort}/`);
    const opened = page.waitForEvent('popup');
    await page.evaluate((own) => {
      Reflect.set(window, 'held', window.open(own));
    }, `http://127.0.0.1:${port}/`);
    await (await opened).getByText(/^(count|tally) 0$/).waitFor();
    const seen = await page.evaluate(() => {
      try {
        const held: Window = Reflect.get(window, 'held');
        return held.closed ? 'severed' : `sees ${held.document.title}`;
      } catch (error) {
        return error instanceof Error ? error.name : 'error';
      }
    });
    expect(['severed', 'SecurityError']).toContain(seen);
    await page.close();
  });
});

function portOf(server: { address(): unknown } | null): number {
  const address = server?.address();
  if (typeof address === 'object' && address !== null && 'port' in address) return Number(address.port);
  throw new Error('The server does not listen.');
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { test as base, expect } from '@playwright/test';
import { lineOf, test, watchForFaults } from './page-guards.ts';

// Plain pages with one fault each: a guard that catches nothing would let every other browser test pass.
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; connect-src *; img-src *";
const PAGES: readonly { readonly name: string; readonly html: string; readonly faults: readonly RegExp[] }[] = [
  { name: 'a quiet page', html: '<script>console.info("hello"); console.debug("hello")</script>', faults: [] },
  { name: 'a warning', html: '<script>console.warn("careful")</script>', faults: [/^console warning: careful/] },
  { name: 'an error', html: '<script>console.error("wrong")</script>', faults: [/^console error: wrong/] },
  { name: 'a thrown error', html: '<script>throw new Error("thrown")</script>', faults: [/^page error: thrown/] },
  {
    name: 'a rejected promise',
    html: '<script>Promise.reject(new Error("rejected"))</script>',
    faults: [/^page error: rejected/],
  },
  {
    name: 'a file that is not there',
    html: '<img src="/absent.png">',
    faults: [/^console error: .*404.*absent\.png/],
  },
  {
    name: 'a style that the policy forbids',
    html: '<style>p { color: red }</style>',
    faults: [/^console error: .*Content Security Policy/, /^content security policy: style-src-elem blocked inline/],
  },
  {
    name: 'a picture of another host',
    html: '<img src="https://tracker.example/p.png">',
    faults: [/^outside request: https:\/\/tracker\.example\/p\.png$/, /^console error: .*tracker\.example/],
  },
  {
    name: 'a socket to another host',
    html: '<script>new WebSocket("ws://tracker.example/")</script>',
    faults: [/^outside request: ws:\/\/tracker\.example\/$/, /^console error: .*tracker\.example/],
  },
];

let server: Server;
let origin = '';
base.beforeAll(async () => {
  server = createServer((request, response) => {
    const html = PAGES[Number(request.url?.slice(1))]?.html;
    // Chromium asks for an icon whenever a page names none; that is no fault of these pages.
    response.statusCode = request.url === '/favicon.ico' ? 204 : html === undefined ? 404 : 200;
    response.setHeader('content-type', 'text/html').setHeader('content-security-policy', POLICY);
    response.end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`Expected an IP address, got ${address}.`);
  origin = `http://127.0.0.1:${address.port}`;
});
base.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

for (const [index, { name, html: _, faults }] of PAGES.entries()) {
  base(`the page guards see ${name}`, async ({ context, page }) => {
    const seen: string[] = [];
    await watchForFaults(context, (fault) => seen.push(lineOf(fault)));
    await page.goto(`${origin}/${index}`);
    await expect
      .poll(() => faults.filter((expected) => !seen.some((line) => expected.test(line))).map(String))
      .toEqual([]);
    expect(seen.filter((line) => !faults.some((expected) => expected.test(line)))).toEqual([]);
  });
}

// The fixture itself: a fault fails the test that did not expect it, and so does an expectation that nothing met.
test.describe('the fixture of the page guards', () => {
  test('lets an expected fault pass', async ({ page, pageGuards }) => {
    pageGuards.expectFault(/^console warning: careful/);
    await page.goto(`${origin}/1`);
  });
  test('lets an allowed fault be absent', async ({ page, pageGuards }) => {
    pageGuards.allowFault(/^console warning: careful/, 'it is left to chance');
    await page.goto(`${origin}/0`);
  });
  test.fail('fails on a fault that nobody expected', async ({ page }) => {
    await page.goto(`${origin}/1`);
  });
  test.fail('fails on an expected fault that is absent', async ({ page, pageGuards }) => {
    pageGuards.expectFault(/^console warning: careful/);
    await page.goto(`${origin}/0`);
  });
  test.fail('watches a context that the test has opened', async ({ browser, pageGuards }) => {
    const context = await browser.newContext();
    await pageGuards.watch(context);
    await (await context.newPage()).goto(`${origin}/1`);
    await context.close();
  });
});

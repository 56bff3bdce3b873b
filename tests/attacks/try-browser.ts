import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { ROUTES, TOKEN_HEADER } from '../../src/store/local-server.ts';
import { type BrowserAttack, type From, type Prey, REFUSED, sourceOf } from './browser-attack.ts';
import { OTHER_ORIGIN_ATTACKS } from './other-origin.ts';
import { OWN_PAGE_ATTACKS } from './own-page.ts';
import type { Target, TargetKind } from './raw-targets.ts';
import { REBOUND_ATTACKS } from './rebound.ts';

export const BROWSER_ATTACKS: Readonly<Record<From, readonly BrowserAttack[]>> = {
  'another origin': OTHER_ORIGIN_ATTACKS,
  'a rebound name': REBOUND_ATTACKS,
  'our own page': OWN_PAGE_ATTACKS,
};

/** Which source is attacked from where: what the page itself can do is worth most with a table behind its route. */
export const BROWSER_CASES = [
  ['another origin', 'aws'],
  ['a rebound name', 'aws'],
  ['our own page', 'embedded'],
] as const satisfies readonly (readonly [From, TargetKind])[];

/** A name that the browser finds at this machine, as after a rebinding. */
const REBOUND_NAME = 'evil.test';
/** An attack that has not come to an end by then got nothing (milliseconds). */
const PATIENCE_MS = 3_000;
/** What is sent on this machine is there by then (milliseconds). */
const ARRIVAL_MS = 100;

/** A browser under way to attack one target from one place. */
export interface Attacker {
  /** @returns what was got; empty: the attack was refused */
  tryOne(attack: BrowserAttack): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @throws Error when there is no Chromium: the attacks are then not tried, which must not pass for a good result */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium: "node scripts/ensure-chromium.mjs" gets one or says how.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      `--host-resolver-rules=MAP ${REBOUND_NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    ],
  });
}

export async function startAttacker(browser: Browser, target: Target, from: From): Promise<Attacker> {
  const arrived: string[] = [];
  const evil = createServer((request, response) => {
    // The page of the attacker itself, and what Chromium asks for beside every page, are no loot.
    if (request.url !== '/page' && request.url !== '/favicon.ico') arrived.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' });
    response.end('<!doctype html><title>Evil</title><body></body>');
  });
  evil.on('upgrade', (request, socket) => {
    arrived.push(request.url ?? '');
    socket.destroy();
  });
  evil.on('clientError', (_, socket) => {
    arrived.push('something that is no HTTP');
    socket.destroy();
  });
  const evilPort = await listen(evil);
  const own = `http://127.0.0.1:${target.port}`;
  const prey: Prey = {
    own,
    evil: `http://127.0.0.1:${evilPort}`,
    evilName: `http://${REBOUND_NAME}:${evilPort}`,
    ...ROUTES,
    tokenHeader: TOKEN_HEADER,
    token: target.token,
  };
  const context = await browser.newContext();
  const page = await context.newPage();
  const let_in: string[] = [];
  context.on('response', (response) => {
    if (from === 'another origin' && response.url().startsWith(`${own}/`) && response.status() < 400) {
      let_in.push(`status ${response.status()} of ${response.url()}`);
    }
  });
  const home = await findHome(page, from, prey, target);
  const goHome = async (): Promise<void> => {
    await page.goto(home);
  };
  await goHome();

  return {
    async tryOne(attack) {
      const before = await target.state();
      arrived.length = 0;
      let_in.length = 0;
      // From a task of its own: the protocol by which we reach into the page lifts its policy for what it calls itself.
      const outcome = await Promise.race([
        page
          .evaluate(
            `new Promise((done) => setTimeout(() => done(globalThis.attack ? globalThis.attack(${JSON.stringify(attack.name)}, ${JSON.stringify(prey)}) : (${sourceOf(attack.run)})(${JSON.stringify(prey)}))))`,
          )
          // Only a page that goes away ends what runs in it.
          .catch(() => 'the page was left'),
        page.waitForTimeout(PATIENCE_MS).then(() => REFUSED),
      ]);
      // What an attack has sent off by the way may arrive after it has returned.
      if (attack.threat.includes('T45')) await page.waitForTimeout(ARRIVAL_MS);
      const got = outcome === REFUSED ? [] : [String(outcome)];
      got.push(...let_in, ...arrived.map((url) => `${url} arrived at the attacker`));
      if ((await target.state()) !== before) got.push('an effect behind the server');
      for (const other of context.pages()) if (other !== page) await other.close();
      if (page.url() !== home) await goHome();
      return got;
    },
    async close() {
      await context.close();
      evil.closeAllConnections();
      evil.close();
    },
  };
}

/** @returns the address of the page that the attacks run in */
async function findHome(page: Page, from: From, prey: Prey, target: Target): Promise<string> {
  switch (from) {
    case 'another origin':
      return `${prey.evil}/page`;
    case 'a rebound name': {
      // What the attacker's own server had answered before the name was made to lead here.
      const home = `http://${REBOUND_NAME}:${target.port}/`;
      await page.route(home, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Evil</title><body></body>' }),
      );
      return home;
    }
    case 'our own page':
      return `${prey.own}/`;
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

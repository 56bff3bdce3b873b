import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
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
/** The page of the attacker itself, what Chromium asks for beside every page, and the image that runs a script by its fault. */
const NO_LOOT = ['/page', '/favicon.ico', '/absent.png'];
/** An attack that has not come to an end by then got nothing (milliseconds). */
const PATIENCE_MS = 3_000;
/** What is sent on this machine is there by then, if not much else is done on it (milliseconds). */
const ARRIVAL_MS = 100;

/** What is told of an attack that ended with its page: what it has sent off may still be on its way. */
const LEFT = 'the page was left';

/** A browser under way to attack one target from one place. */
export interface Attacker {
  /**
   * @param expected `works`: something will be got, which is waited for; else a moment is enough to see that nothing is
   * @returns what was got; empty: the attack was refused
   */
  tryOne(attack: BrowserAttack, expected?: { readonly works: boolean }): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @throws Error when there is no Chromium: the attacks are then not tried, which must not pass for a good result */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium('whole');
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
    if (!NO_LOOT.includes(request.url ?? '')) arrived.push(request.url ?? '');
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
    proofHeader: PROOF_HEADER,
    token: target.token,
    patienceMs: 0,
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
    async tryOne(attack, { works } = { works: false }) {
      const before = await target.state();
      arrived.length = 0;
      let_in.length = 0;
      const told = JSON.stringify({ ...prey, patienceMs: works ? PATIENCE_MS : 0 });
      let outcome: string | null = null;
      // From a task of its own: the protocol by which we reach into the page lifts its policy for what it calls itself.
      page
        .evaluate(
          `new Promise((done) => setTimeout(() => done(globalThis.attack ? globalThis.attack(${JSON.stringify(attack.name)}, ${told}) : (${sourceOf(attack.run)})(${told}))))`,
        )
        .then(String)
        // Only a page that goes away ends what runs in it.
        .catch(() => LEFT)
        .then((text) => {
          outcome = text;
        });
      const gotSoFar = (): string[] => [
        ...(outcome === null || outcome === REFUSED ? [] : [outcome]),
        ...let_in,
        ...arrived.map((url) => `${url} arrived at the attacker`),
      ];
      await until(() => outcome !== null, PATIENCE_MS);
      // What an attack has sent off by the way may arrive after it has returned.
      if (works) await until(() => gotSoFar().some((one) => one !== LEFT), PATIENCE_MS);
      else if (attack.threat.includes('T45')) await page.waitForTimeout(ARRIVAL_MS);
      const got = gotSoFar();
      if ((await target.state()) !== before) got.push('an effect behind the server');
      for (const other of context.pages()) if (other !== page) await other.close();
      // What ran in the page has ended before the page's address tells that it has left.
      if (outcome === LEFT) await until(() => page.url() !== home, PATIENCE_MS);
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

/** Waits until it is so, or the time is over. */
async function until(isSo: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (!isSo() && performance.now() < end) await new Promise((resume) => setTimeout(resume, 5));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

import { type BrowserContext, test as base, expect } from '@playwright/test';

export { expect };

/** One thing a page must not do. `text` is what a test sees and expects, for instance `console error: Refused to …`. */
export interface PageFault {
  readonly kind: 'console warning' | 'console error' | 'page error' | 'content security policy' | 'outside request';
  readonly text: string;
}

/** The fixture `pageGuards`: on in every test that imports `test` from here, for the pages of its `context`. */
export interface PageGuards {
  /**
   * Says that a fault will happen, for instance `/^console error: .*503/`. It then does not fail the test; the test fails
   * if it does not happen, so that an expectation cannot outlive what it was made for.
   */
  expectFault(pattern: RegExp): void;
  /** Says that a fault may happen, where the browser leaves it to chance, with the reason why. */
  allowFault(pattern: RegExp, reason: string): void;
  /** Watches the pages of another context as well, which the test has opened itself. */
  watch(context: BrowserContext): Promise<void>;
}

/**
 * Names how to end what a test has started for its pages alone, such as a local server. It is ended after the test, the
 * last named first, when the pages of its `context` are closed: a page whose server goes before it reports a call that
 * failed, if it happens to make one in between.
 */
export type AfterPages = (end: () => unknown) => void;

/** Playwright's `test` whose tests fail on any {@link PageFault} they did not expect. */
export const test = base.extend<{ pageGuards: PageGuards; afterPages: AfterPages }>({
  pageGuards: [
    async ({ context }, use) => {
      const faults: PageFault[] = [];
      const expected: RegExp[] = [];
      const allowed: RegExp[] = [];
      const record = (fault: PageFault): void => void faults.push(fault);
      await watchForFaults(context, record);
      await use({
        expectFault: (pattern) => void expected.push(pattern),
        allowFault: (pattern, reason) => {
          base.info().annotations.push({ type: 'allowed fault', description: `${pattern}: ${reason}` });
          allowed.push(pattern);
        },
        watch: (another) => watchForFaults(another, record),
      });
      const lines = faults.map(lineOf);
      const tolerated = [...expected, ...allowed];
      expect({
        unexpectedFaults: lines.filter((line) => !tolerated.some((pattern) => pattern.test(line))),
        expectedButAbsent: expected.filter((pattern) => !lines.some((line) => pattern.test(line))).map(String),
      }).toEqual({ unexpectedFaults: [], expectedButAbsent: [] });
    },
    { auto: true },
  ],
  afterPages: async ({ context }, use) => {
    const ends: (() => unknown)[] = [];
    await use((end) => void ends.push(end));
    for (const page of context.pages()) await page.close();
    for (const end of ends.reverse()) await end();
  },
});

/** @returns the fault in one line, kind first */
export function lineOf(fault: PageFault): string {
  return `${fault.kind}: ${fault.text}`;
}

/**
 * Reports every fault of the pages of a context, those open now and those opened later.
 *
 * A request is outside when its host is not 127.0.0.1, whether or not it arrives anywhere: the browser resolves no name
 * (playwright.config.ts), and `data:`, `blob:` and `about:` have no host.
 */
export async function watchForFaults(context: BrowserContext, report: (fault: PageFault) => void): Promise<void> {
  context.on('console', (message) => {
    const type = message.type();
    if (type !== 'warning' && type !== 'error') return;
    report({ kind: `console ${type}`, text: `${message.text()} (${message.location().url})` });
  });
  context.on('weberror', (fault) => report({ kind: 'page error', text: fault.error().message }));
  const reportOutside = (url: string): void => {
    const { host, hostname } = new URL(url);
    if (host !== '' && hostname !== '127.0.0.1') report({ kind: 'outside request', text: url });
  };
  context.on('request', (request) => reportOutside(request.url()));
  for (const page of context.pages()) page.on('websocket', (socket) => reportOutside(socket.url()));
  context.on('page', (page) => page.on('websocket', (socket) => reportOutside(socket.url())));
  // Chromium writes most violations to the console, but not all (a policy that only reports, an inline style of a detached
  // element); the event is the certain sign.
  await context.exposeFunction('reportPolicyViolation', (text: string) => {
    report({ kind: 'content security policy', text });
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (violation) => {
      const what = `${violation.effectiveDirective} blocked ${violation.blockedURI || 'inline'}`;
      const report: unknown = Reflect.get(globalThis, 'reportPolicyViolation');
      if (typeof report === 'function') report(what);
    });
  });
}

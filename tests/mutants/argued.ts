/** Changes that no test notices, and why none has to. */
export interface Argued {
  readonly file: string;
  /** The line on which the changes begin, without the blanks around it. */
  readonly on: string;
  /** Each as `npm run mutants` prints it. */
  readonly changes: readonly string[];
  readonly why: string;
}

const NEVER_ABSENT = 'for the compiler alone: what it stands in for is always there';

/**
 * Found by the text of the line and not by its number, so that one stays argued while the file around it changes, and is
 * reported when the line itself does.
 */
export const ARGUED: readonly Argued[] = [
  {
    file: 'src/devserver/answer.ts',
    on: "headers.push([(request.rawHeaders[i] ?? '').toLowerCase(), request.rawHeaders[i + 1] ?? '']);",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/bind-address.ts',
    on: "const SERVED = Symbol.for('release-matrix.served-ports');",
    changes: [`'release-matrix.served-ports' → ""`],
    why: 'any name serves that nobody else has',
  },
  {
    file: 'src/devserver/bind-address.ts',
    on: 'if (port === 0 || servedPorts().has(port)) return Promise.resolve(false);',
    changes: ['port === 0 → false'],
    why: 'the same answer: the system gives the probe a free port',
  },
  {
    file: 'src/devserver/front.ts',
    on: "response.end(description.method === 'HEAD' ? undefined : page);",
    changes: ["description.method === 'HEAD' → false", `'HEAD' → ""`],
    why: 'Node itself sends no body in answer to HEAD',
  },
  {
    file: 'src/devserver/loopback-port.ts',
    on: "const start = url.protocol === 'http:' ? httpRequest : httpsRequest;",
    changes: ["url.protocol === 'http:' → false", `'http:' → ""`],
    why: 'where an agent is given it makes the connection, and both functions take it',
  },
  {
    file: 'src/devserver/loopback-port.ts',
    on: '...(agent === undefined ? {} : { agent }),',
    changes: ['agent === undefined → false'],
    why: 'for the compiler alone: an agent that is undefined is none to Node',
  },
  {
    file: 'src/devserver/one-time-code.ts',
    on: 'const wasUsed = known?.used ?? false;',
    changes: ['false → true'],
    why: 'not looked at where no code is known',
  },
  {
    file: 'src/devserver/page.ts',
    on: ".filter(([, attributes = '']) => !/\\ssrc=|application\\/json/.test(attributes))",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/page.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of code, as it stands there.
    on: ".map(([, , text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`);",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/reading-calls.ts',
    on: "return { action: TARGET.exec(target ?? '')?.[1] ?? null, input, body: Buffer.from(JSON.stringify(input)), table };",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a target',
  },
  {
    file: 'src/devserver/request-body.ts',
    on: "request.removeAllListeners('data');",
    changes: [`'data' → ""`],
    why: 'what still comes would be counted, and settled again, to no effect',
  },
  {
    file: 'src/devserver/routes.ts',
    on: "if (body.kind === 'aborted') return;",
    changes: ["body.kind === 'aborted' → false", `'aborted' → ""`],
    why: 'what has no bytes is no call, and its refusal is sent to nobody',
  },
  {
    file: 'src/devserver/routes.ts',
    on: 'if (response.destroyed) return;',
    changes: ['response.destroyed → false'],
    why: 'it saves a call, or an answer, that nobody waits for; what is written to a closed connection goes nowhere',
  },
  {
    file: 'src/devserver/routes.ts',
    on: "const target = request.url ?? '';",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/sliding-window.ts',
    on: 'let times: number[] = [];',
    changes: ['[] → ["Stryker was here"]'],
    why: 'what is no time is thrown out at the first look',
  },
  {
    file: 'src/devserver/sliding-window.ts',
    on: 'if (times.length > 10_000) times = times.slice(-10_000);',
    changes: [
      'times.length > 10_000 → true',
      'times.length > 10_000 → false',
      'times.length > 10_000 → times.length >= 10_000',
      'times.length > 10_000 → times.length <= 10_000',
      'times.slice(-10_000) → times',
      '-10_000 → +10_000',
    ],
    why: 'it bounds the memory of a flood; all limits are far below, and a test that counts so far takes seconds',
  },
];

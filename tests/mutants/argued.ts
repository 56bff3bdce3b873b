import { ARGUED_STORE } from './argued-store.ts';

/** Changes that no test notices, and why none has to. */
export interface Argued {
  readonly file: string;
  /** The line on which the changes begin, without the blanks around it. */
  readonly on: string;
  /** Each as `npm run mutants` prints it. */
  readonly changes: readonly string[];
  readonly why: string;
}

const NOBODY_WAITS =
  'it saves a call, or an answer, that nobody waits for; what is written to a closed connection goes nowhere';
const WINDOWS = 'it tells Windows, on which these tests do not run';
const NEVER_ABSENT = 'for the compiler alone: what it stands in for is always there';

/**
 * Found by the text of the line and not by its number, so that one stays argued while the file around it changes, and is
 * reported when the line itself does.
 */
export const ARGUED: readonly Argued[] = [
  {
    file: 'src/aws/end-process.ts',
    on: "export const OWN_GROUP = process.platform !== 'win32';",
    changes: ["process.platform !== 'win32' → true", `'win32' → ""`],
    why: WINDOWS,
  },
  {
    file: 'src/aws/end-process.ts',
    on: "if (OWN_GROUP && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');",
    changes: [
      'OWN_GROUP && child.pid !== undefined → true',
      'OWN_GROUP && child.pid !== undefined → OWN_GROUP || child.pid !== undefined',
      'child.pid !== undefined → true',
    ],
    why: 'it tells Windows, and a program that was never started, of which there is nothing to be ended',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: 'windowsHide: true,',
    changes: ['true → false'],
    why: WINDOWS,
  },
  {
    file: 'src/aws/caller-identity.ts',
    on: '...(profile === null ? {} : { profile }),',
    changes: ['profile === null → false'],
    why: 'for the compiler alone: to the SDK, null names no profile either',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: "child.on('error', () => {",
    changes: [`'error' → ""`, "{ clearTimeout(timer); reject(failed('could not be started')); } → {}"],
    why: 'only a machine without a shell tells a program that cannot be started by this event',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: '} catch {',
    changes: ['{ return null; } → {}'],
    why: 'the same answer: nothing was read, and nothing is not an object',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: "if (typeof output !== 'object' || output === null) return null;",
    changes: ["typeof output !== 'object' → false"],
    why: 'the same answer: a text or a number has no Version',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: '...(expiration === undefined ? {} : { expiration }),',
    changes: ['expiration === undefined → false'],
    why: 'for the compiler alone: an end that is undefined is none',
  },
  {
    file: 'src/aws/credential-helper.ts',
    on: 'if (identity.expiration !== undefined && identity.expiration.getTime() <= Date.now()) {',
    changes: ['identity.expiration.getTime() <= Date.now() → identity.expiration.getTime() < Date.now()'],
    why: 'a millisecond of life or none',
  },
  {
    file: 'src/aws/profile-files.ts',
    on: "headings.push(...headingsIn(file, text.text ?? ''));",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text holds a heading',
  },
  {
    file: 'src/aws/profile-files.ts',
    on: 'const [, kind, bare] = /^(sso-session|services)\\.(.*)$/.exec(name) ?? [];',
    changes: ['/^(sso-session|services)\\.(.*)$/ → /^(sso-session|services)\\.(.*)/', '[] → ["Stryker was here"]'],
    why: 'a name has one line, and the first of the parts is not looked at',
  },
  {
    file: 'src/aws/profile-files.ts',
    on: "const bare = (line.split(/(?:^|\\s)[;#]/)[0] ?? '').trim();",
    changes: ['/(?:^|\\s)[;#]/ → /(?:\\s)[;#]/', `'' → "Stryker was here!"`],
    why: 'a line that begins with a comment begins with no bracket, and a text that was split has a first part',
  },
  {
    file: 'src/aws/profile-files.ts',
    on: 'return new Map(Object.entries(section).filter((entry): entry is [string, string] => entry[1] !== undefined));',
    changes: [
      'Object.entries(section).filter((entry): entry is [string, string] => entry[1] !=… → Object.entries(section)',
      'entry[1] !== undefined → true',
    ],
    why: 'for the compiler alone: the SDK’s parser gives every key a text',
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: 'const cased = names.find((name) => WAYS.some((way) => name !== way && name.toLowerCase() === way));',
    changes: ['name !== way → true'],
    why: 'a section that holds the name rightly has led somewhere before',
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: 'const below = names.map((name) => /\\.(.+)$/.exec(name)?.[1]).find((name) => WAYS.some((way) => way === name));',
    changes: ['/\\.(.+)$/ → /\\.(.+)/'],
    why: 'a name has one line',
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: "const seconds = Number.parseInt(section.get('duration_seconds') ?? '', 10);",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a number',
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: '...(externalId === undefined ? {} : { ExternalId: externalId }),',
    changes: ['externalId === undefined → false'],
    why: 'for the compiler alone: the SDK sends nothing that is undefined',
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: "const source = section.get('credential_source') ?? '';",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/aws/profile-plan.ts',
    on: "const region = session.get('sso_region') ?? '';",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/aws/profile-says.ts',
    on: 'const services = named === undefined ? undefined : read.files.services.get(named);',
    changes: ['named === undefined → false'],
    why: 'for the compiler alone: no section has no name',
  },
  {
    file: 'src/aws/profile-says.ts',
    on: "ignoresEndpoints: /^true$/i.test(section.get('ignore_configured_endpoint_urls') ?? ''),",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is "true"',
  },
  {
    file: 'src/aws/sdk-fault.ts',
    on: "if (!(error instanceof Error) || depth > 3) return '';",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text holds a word that is looked for',
  },
  {
    file: 'src/aws/sdk-fault.ts',
    on: "const code = 'code' in error ? String(error.code) : '';",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text holds a word that is looked for',
  },
  {
    file: 'src/aws/token-service.ts',
    on: 'if (registered < Date.now()) return false;',
    changes: ['registered < Date.now() → registered <= Date.now()'],
    why: 'a millisecond of life or none',
  },
  {
    file: 'src/contract/proof.ts',
    on: 'if (proof === null || !/^[\\w-]{43}$/.test(proof)) return false;',
    changes: ['proof === null → false'],
    why: 'for the compiler alone: "null" is no proof either',
  },
  {
    file: 'src/contract/read-fault.ts',
    on: "if (NO_CONNECTION_TEXT.test(textField(error, 'message') ?? '')) return true;",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text says that there is no connection',
  },
  {
    file: 'src/contract/table-arn.ts',
    on: "const arn = readArn(text ?? '');",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is an ARN',
  },
  {
    file: 'src/devserver/credentials/aws-clock.ts',
    on: "const dated = Date.parse(answer.headers.get('date') ?? '');",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a date',
  },
  {
    file: 'src/devserver/credentials/credentials.ts',
    on: 'options.profile === null ? null : await findPlan(options.profile, options.env, { machineRoles: false });',
    changes: ['{ machineRoles: false } → {}'],
    why: 'not allowed, or not said to be: the same',
  },
  {
    file: 'src/devserver/credentials/credentials.ts',
    on: 'const policy = last === undefined ? null : sessionPolicy(options, accountOfRole(last));',
    changes: ['last === undefined → false'],
    why: 'without a last role nobody is narrowed, and the policy is used by nobody',
  },
  {
    file: 'src/devserver/credentials/credentials.ts',
    on: "return readArn(roleArn)?.account ?? '';",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/credentials/credentials.ts',
    on: 'if (sessionToken === undefined || !/\\w/.test(sessionToken) || LONG_LIVED_ID.test(accessKeyId)) {',
    changes: ['sessionToken === undefined → false'],
    why: 'for the compiler alone: without a token keys are exchanged, and what they are exchanged for has one (sts.ts)',
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    on: 'signIn = (await findPlan(options.profile, options.env, { machineRoles: false })).signIn;',
    changes: ['{ machineRoles: false } → {}'],
    why: 'not allowed, or not said to be: the same',
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    on: 'if (ended !== null) {',
    changes: ['ended !== null → true'],
    why: 'for the compiler alone: where nothing runs, there is nothing to be taken away or ended',
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    on: 'windowsHide: true,',
    changes: ['true → false'],
    why: WINDOWS,
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    on: "started.stdout.setEncoding('utf8').on('data', heard(read));",
    changes: [`'utf8' → ""`],
    why: 'to Node, no name is that of UTF-8',
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    on: "if (state.step === 'open' && state.wantsCode) {",
    changes: [
      "state.step === 'open' && state.wantsCode → state.step === 'open' || state.wantsCode",
      "state.step === 'open' → true",
    ],
    why: 'only where it is open does it say that it wants a code, and what is written after the end of the input goes nowhere',
  },
  {
    file: 'src/devserver/credentials/sign-in.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of code, as it stands there.
    on: 'child?.stdin.end(`${ask.code}\\n`);',
    changes: ['child?.stdin → child.stdin'],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/credentials/sts.ts',
    on: 'if (Account === undefined || !/^\\d{12}$/.test(Account)) throw new UnnarrowedSession();',
    changes: ['Account === undefined → false'],
    why: 'for the compiler alone: "undefined" has no twelve digits either',
  },
  {
    file: 'src/devserver/guard/answer.ts',
    on: "headers.push([(request.rawHeaders[i] ?? '').toLowerCase(), request.rawHeaders[i + 1] ?? '']);",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/guard/bind-address.ts',
    on: "const SERVED = Symbol.for('release-matrix.served-ports');",
    changes: [`'release-matrix.served-ports' → ""`],
    why: 'any name serves that nobody else has',
  },
  {
    file: 'src/devserver/guard/bind-address.ts',
    on: 'if (port === 0 || servedPorts().has(port)) return Promise.resolve(false);',
    changes: ['port === 0 → false'],
    why: 'the same answer: the system gives the probe a free port',
  },
  {
    file: 'src/devserver/guard/code-page.ts',
    on: "writeFileSync(file, html(address), { mode: 0o600, flag: 'wx' });",
    changes: [`'wx' → ""`],
    why: 'nobody else can put a file into the folder; it only does not rely on that',
  },
  {
    file: 'src/devserver/middleware.ts',
    on: "response.end(description.method === 'HEAD' ? undefined : page);",
    changes: ["description.method === 'HEAD' → false", `'HEAD' → ""`],
    why: 'Node itself sends no body in answer to HEAD',
  },
  {
    file: 'src/devserver/middleware.ts',
    on: "if (outcome === 'good') sharedMachine?.onCodeUsed();",
    changes: ['sharedMachine?.onCodeUsed → sharedMachine.onCodeUsed'],
    why: 'where nobody else uses the machine, no route takes a code',
  },
  {
    file: 'src/devserver/guard/kept-secret.ts',
    on: "writeFileSync(draft, made, { mode: 0o600, flag: 'wx' });",
    changes: [`'wx' → ""`],
    why: 'nobody else can put a file into the folder, and of this name there is none',
  },
  {
    file: 'src/devserver/guard/kept-secret.ts',
    on: 'if (!isPrivate(is)) chmodSync(folder, 0o700);',
    changes: ['!isPrivate(is) → true'],
    why: 'a folder that is closed stays so',
  },
  {
    file: 'src/devserver/guard/kept-secret.ts',
    on: '} finally {',
    changes: ['{ closeSync(handle); } → {}'],
    why: 'one file that a process reads once; it gives the handle back when it ends',
  },
  {
    file: 'src/devserver/guard/kept-secret.ts',
    on: "return error instanceof Error && 'code' in error && error.code === 'EEXIST';",
    changes: [
      "error instanceof Error && 'code' in error → true",
      "error instanceof Error && 'code' in error → error instanceof Error || 'code' in error",
    ],
    why: 'for the compiler alone: what Node throws here is an error with a code',
  },
  {
    file: 'src/devserver/guard/one-time-code.ts',
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
    file: 'src/devserver/guard/proof-check.ts',
    on: "const shown = REQUEST_PROOF.exec(lines.length === 1 ? (lines[0] ?? '') : '');",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a proof',
  },
  {
    file: 'src/devserver/guard/proof-check.ts',
    on: "shown: shown === null ? null : { nonce: shown[1] ?? '', code: shown[2] ?? '' },",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/guard/proof-check.ts',
    on: "const nonce = REQUEST_PROOF.exec(soleHeader(request, PROOF_HEADER) ?? '')?.[1];",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a proof',
  },
  {
    file: 'src/devserver/table/reading-calls.ts',
    on: "return { action: TARGET.exec(target ?? '')?.[1] ?? null, input, body: Buffer.from(JSON.stringify(input)), table };",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a target',
  },
  {
    file: 'src/devserver/guard/request-body.ts',
    on: "request.removeAllListeners('data');",
    changes: [`'data' → ""`],
    why: 'what still comes would be counted, and settled again, to no effect',
  },
  {
    file: 'src/devserver/guard/route-checks.ts',
    on: "/^[\\w-]{22}$/.test(soleHeader(request, NONCE_HEADER) ?? '')",
    changes: [`'' → "Stryker was here!"`],
    why: 'neither text is a nonce',
  },
  {
    file: 'src/devserver/routes.ts',
    on: "if (body.kind === 'aborted') return;",
    changes: ["body.kind === 'aborted' → false", `'aborted' → ""`],
    why: 'what has no bytes is no call, and its refusal is sent to nobody',
  },
  {
    file: 'src/devserver/routes.ts',
    on: 'if (response.destroyed) left.abort();',
    changes: ['response.destroyed → false'],
    why: NOBODY_WAITS,
  },
  {
    file: 'src/devserver/routes.ts',
    on: 'if (left.aborted) return;',
    changes: ['left.aborted → false'],
    why: NOBODY_WAITS,
  },
  {
    file: 'src/devserver/routes.ts',
    on: '} catch {',
    changes: ['{ return undefined; } → {}'],
    why: 'a function that ends has returned undefined',
  },
  {
    file: 'src/devserver/routes.ts',
    on: "const target = request.url ?? '';",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/routes.ts',
    on: "sendJson(response, 200, options.identify(description.port, soleHeader(description, NONCE_HEADER) ?? ''));",
    changes: [`'' → "Stryker was here!"`],
    why: NEVER_ABSENT,
  },
  {
    file: 'src/devserver/guard/sliding-window.ts',
    on: 'let times: number[] = [];',
    changes: ['[] → ["Stryker was here"]'],
    why: 'what is not a time is thrown out at the first look',
  },
  {
    file: 'src/devserver/guard/sliding-window.ts',
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
  ...ARGUED_STORE,
];

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

// What another user of the machine does, as far as the tests may be one: root can start a process as `nobody`.

const NOBODY = 65_534;

/** Whether processes of another user can be started here; else they are of the same one. */
export const canBeAnother = process.getuid?.() === 0;

function startAsAnother(source: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['-e', source, '--', ...args], {
    // Nothing of the checkout can be counted on to be readable for him.
    cwd: '/',
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(canBeAnother ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

/** How a process that has taken the port answers. */
export const TAKEOVERS = ['401 as the server does', 'a page of its own', 'what is no HTTP'] as const;
export type Takeover = (typeof TAKEOVERS)[number];

/** A process that has taken a port, and writes down all that it gets. */
export interface PortTaker {
  /** Heads and bodies of all requests, upgrades included. */
  received(): string;
  stop(): Promise<void>;
}

const TAKER = `
  const [port, how] = process.argv.slice(1);
  const { createServer } = require('node:http');
  const { createHash } = require('node:crypto');
  const tell = (text) => process.stdout.write(text + '\\n');
  if (how === 'what is no HTTP') {
    const server = require('node:net').createServer((socket) => {
      socket.on('data', (bytes) => { tell(bytes.toString('latin1')); socket.end('no HTTP at all\\r\\n'); });
      socket.on('error', () => {});
    });
    server.listen(Number(port), '127.0.0.1', () => tell('taken'));
  } else {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => {
        tell([request.method + ' ' + request.url, ...request.rawHeaders, body].join('\\n'));
        const own = how === 'a page of its own' || request.method === 'GET';
        response.writeHead(own ? 200 : 401, { 'Content-Type': own ? 'text/html' : 'application/json' });
        response.end(own ? '<!doctype html><title>Taken</title>' : '{"Code":"Refused","Message":"refused"}');
      });
    });
    // Vite's client loads the page anew when its WebSocket is answered.
    server.on('upgrade', (request, socket) => {
      tell(['UPGRADE ' + request.url, ...request.rawHeaders].join('\\n'));
      const key = request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
      socket.on('error', () => {});
      socket.write(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade',
        'Sec-WebSocket-Accept: ' + createHash('sha1').update(key).digest('base64'),
        'Sec-WebSocket-Protocol: ' + request.headers['sec-websocket-protocol'], '', ''].join('\\r\\n'));
    });
    server.listen(Number(port), '127.0.0.1', () => tell('taken'));
  }
`;

/** Takes a port that nobody listens on, as another user where that can be. */
export async function takePort(port: number, how: Takeover): Promise<PortTaker> {
  const child = startAsAnother(TAKER, [String(port), how]);
  let received = '';
  let fault = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    fault += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      if (received.startsWith('taken')) resolve();
    });
    child.once('exit', () => reject(new Error(`The port was not taken: ${fault}`)));
  });
  return {
    received: () => received,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const end = once(child, 'exit');
      child.kill('SIGKILL');
      await end;
    },
  };
}

const SPY = `
  const [port, routes, folders] = [process.argv[1], JSON.parse(process.argv[2]), JSON.parse(process.argv[3])];
  const { readdirSync, readFileSync, statSync } = require('node:fs');
  const { createHash, createHmac, randomBytes } = require('node:crypto');
  const found = { commands: [], ports: '', files: [], denied: 0, answers: [] };
  for (const pid of readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
    for (const name of ['cmdline', 'environ']) {
      try { found.commands.push(readFileSync('/proc/' + pid + '/' + name, 'utf8').replaceAll('\\0', ' ')); } catch {}
    }
  }
  try { found.ports = readFileSync('/proc/net/tcp', 'utf8'); } catch {}
  const look = (path, depth) => {
    try {
      if (statSync(path).isDirectory()) {
        for (const name of readdirSync(path)) { found.files.push(path + '/' + name); if (depth > 0) look(path + '/' + name, depth - 1); }
      } else found.files.push(readFileSync(path, 'utf8').slice(0, 5000));
    } catch { found.denied += 1; }
  };
  for (const folder of folders) look(folder, 6);
  const own = 'http://127.0.0.1:' + port;
  const send = (method, path, headers, body) => new Promise((done) => {
    const request = require('node:http').request(own + path, { method, headers: { ...headers, Connection: 'close' } }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => { found.answers.push(method + ' ' + path + ' ' + answer.statusCode + ' ' + text); done(text); });
    });
    request.on('error', (error) => { found.answers.push(String(error)); done(''); });
    request.end(body);
  });
  (async () => {
    const page = await send('GET', '/', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' });
    const token = /"token":"([\\w-]{43})"/.exec(page)?.[1] ?? 'A'.repeat(43);
    const asPage = { Origin: own, 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' };
    const digest = (text) => createHash('sha256').update(text).digest('base64url');
    const signed = (path, action, body) => {
      const nonce = randomBytes(16).toString('base64url');
      const text = ['request', nonce, 'POST', path, action, '', digest(body)].join('\\n');
      return { [routes.proofHeader]: nonce + '.' + createHmac('sha256', token).update(text).digest('base64url') };
    };
    const scan = JSON.stringify({ TableName: 'ReleaseFragments' });
    const target = 'DynamoDB_20120810.Scan';
    await send('POST', routes.credentials, { ...asPage, ...signed(routes.credentials, '', '') });
    await send('POST', routes.dynamodb, { ...asPage, ...signed(routes.dynamodb, target, scan), 'X-Amz-Target': target }, scan);
    await send('POST', routes.start, asPage);
    await send('POST', routes.start, { ...asPage, Authorization: 'Code ' + 'A'.repeat(32) });
    await send('POST', routes.start, { ...asPage, Authorization: 'Ticket ' + 'A'.repeat(43) });
    await send('POST', routes.identity, { ...asPage, 'x-release-matrix-nonce': 'A'.repeat(22) });
    process.stdout.write(JSON.stringify(found));
  })();
`;

/** What another user can find out. */
export interface Found {
  /** Command lines and environments of processes, as far as he may read them. */
  readonly commands: readonly string[];
  /** Who listens on this machine. */
  readonly ports: string;
  /** Names and contents below the folders that he looked into. */
  readonly files: readonly string[];
  /** So many files and folders did not open. */
  readonly denied: number;
  /** What the local server said to requests with the heads of its page. */
  readonly answers: readonly string[];
}

/** Has another user look into the process list, the ports, these folders, and ask the local server for all that it has. */
export async function spyOn(
  port: number,
  routes: Readonly<Record<string, string>>,
  folders: readonly string[],
): Promise<Found> {
  const child = startAsAnother(SPY, [String(port), JSON.stringify(routes), JSON.stringify(folders)]);
  let said = '';
  let fault = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    fault += text;
  });
  await once(child, 'close');
  if (fault !== '') throw new Error(fault);
  return JSON.parse(said);
}

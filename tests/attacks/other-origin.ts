import type { BrowserAttack, Run } from './browser-attack.ts';

const foreign = (threat: string, name: string, run: Run): BrowserAttack => ({
  threat,
  from: 'another origin',
  name,
  run,
});

/** Each way to fetch an address; what cannot be read counts as refused, and what the server answered is looked at besides. */
const FETCHES: readonly (readonly [name: string, init: RequestInit])[] = [
  ['GET', {}],
  ['GET, no-cors', { mode: 'no-cors' }],
  ['GET with cookies', { credentials: 'include' }],
  ['POST with a bearer', { method: 'POST', headers: { authorization: 'Bearer x' } }],
  ['POST, no-cors', { method: 'POST', mode: 'no-cors', body: '{}' }],
];
const ADDRESSES = [
  'credentials',
  'dynamodb',
  'signIn',
  'start',
  '/',
  '/@vite/client',
  '/src/main.js',
  '/assets/main.js',
] as const;

/** As source text: a function that is sent to the browser sees nothing around it, such as these parameters. */
const fetchRun = (address: string, init: RequestInit): Run =>
  `(prey) => fetch(prey.own + (prey[${JSON.stringify(address)}] ?? ${JSON.stringify(address)}), ${JSON.stringify(init)})
    .then((answer) => answer.type === 'opaque' ? 'refused' : 'an answer that can be read', () => 'refused')`;

/** What a page of another origin can try. */
export const OTHER_ORIGIN_ATTACKS: readonly BrowserAttack[] = [
  ...ADDRESSES.flatMap((address) =>
    FETCHES.map(([name, init]) => foreign('T7, T11', `fetch ${address}, ${name}`, fetchRun(address, init))),
  ),
  foreign('T29', 'fetch DeleteTable', ({ own, dynamodb }) =>
    fetch(own + dynamodb, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.DeleteTable' },
      body: '{"TableName":"ReleaseFragments"}',
    }).then(
      () => 'an answer that can be read',
      () => 'refused',
    ),
  ),
  foreign(
    'T7',
    'XMLHttpRequest of credentials',
    ({ own, credentials }) =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.onload = () => done('an answer that can be read');
        request.onerror = () => done('refused');
        request.open('POST', own + credentials);
        request.send();
      }),
  ),
  foreign('T11', 'a beacon to credentials', ({ own, credentials }) => {
    navigator.sendBeacon(own + credentials, 'x');
    return 'refused'; // it tells nothing; what the server answered is looked at
  }),
  ...(['/@vite/client', '/src/main.js', '/assets/main.js', '/'] as const).flatMap((path) => [
    foreign('T11', `script ${path}`, tagRun('script', 'src', path)),
    foreign('T11', `module script ${path}`, tagRun('script', 'src', path, { type: 'module' })),
  ]),
  foreign('T11', 'a style sheet', tagRun('link', 'href', '/src/styles.css', { rel: 'stylesheet' })),
  foreign('T11', 'a preloaded module', tagRun('link', 'href', '/@vite/client', { rel: 'modulepreload' })),
  foreign('T11', 'an image', tagRun('img', 'src', '/src/icon.svg')),
  foreign('T11', 'a video', tagRun('video', 'src', '/src/main.js')),
  foreign('T11', 'an object', tagRun('object', 'data', '/', { type: 'image/svg+xml' })),
  foreign(
    'T11',
    'EventSource',
    ({ own, credentials }) =>
      new Promise((done) => {
        const source = new EventSource(own + credentials);
        const settle = (text: string): void => {
          source.close();
          done(text);
        };
        source.onopen = () => settle('an open stream');
        source.onerror = () => settle('refused');
      }),
  ),
  foreign(
    'T11',
    'importScripts in a worker',
    ({ own }) =>
      new Promise((done) => {
        const code = `try { importScripts('${own}/@vite/client'); postMessage('a script that ran'); } catch { postMessage('refused'); }`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
        worker.onmessage = ({ data }) => done(String(data));
      }),
  ),
  foreign(
    'T11',
    'import()',
    "({ own }) => import(own + '/@vite/client').then(() => 'a module that ran', () => 'refused')",
  ),
  ...(['credentials', 'dynamodb', 'signIn', 'start'] as const).map((route) =>
    foreign('T12', `a form to ${route}`, formRun(route)),
  ),
  foreign('T13', 'a frame', frameRun("frame.src = prey.own + '/'")),
  foreign(
    'T13',
    'a sandboxed frame of the page',
    frameRun("frame.setAttribute('sandbox', 'allow-scripts allow-same-origin'); frame.src = prey.own + '/'"),
  ),
  foreign(
    'T10',
    'a fetch from a sandboxed frame',
    ({ own, credentials }) =>
      new Promise((done) => {
        addEventListener('message', ({ data }) => done(String(data)), { once: true });
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.srcdoc = `<script>fetch('${own}${credentials}',{method:'POST'}).then(()=>'an answer',()=>'refused').then(t=>parent.postMessage(t,'*'))</script>`;
        document.body.append(frame);
      }),
  ),
  ...(['vite-hmr', 'vite-ping', ''] as const).map((protocol) =>
    foreign('T26', `a WebSocket ${protocol}`, socketRun(protocol)),
  ),
  foreign('T25', 'a service worker of ours', ({ own }) =>
    navigator.serviceWorker.register(`${own}/sw.js`).then(
      () => 'a registered worker',
      () => 'refused',
    ),
  ),
  foreign('T18', 'cookies of the machine', () => (document.cookie === '' ? 'refused' : document.cookie)),
];

function tagRun(tag: string, attribute: string, path: string, more: Readonly<Record<string, string>> = {}): Run {
  return `(prey) => new Promise((done) => {
    const element = document.createElement(${JSON.stringify(tag)});
    for (const [name, value] of Object.entries(${JSON.stringify(more)})) element.setAttribute(name, value);
    element.onload = element.onloadeddata = () => done('something that was loaded');
    element.onerror = () => done('refused');
    element.setAttribute(${JSON.stringify(attribute)}, prey.own + ${JSON.stringify(path)});
    document.body.append(element);
  })`;
}

/** The answer to a form cannot be read by its sender; that the server refused it is looked at. */
function formRun(route: string): Run {
  return `(prey) => new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.name = 'into-' + ${JSON.stringify(route)};
    document.body.append(frame);
    const form = document.createElement('form');
    form.method = 'post';
    form.action = prey.own + prey[${JSON.stringify(route)}];
    form.target = frame.name;
    document.body.append(form);
    frame.onload = () => done('refused');
    form.submit();
  })`;
}

function frameRun(setUp: string): Run {
  return `(prey) => new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.onload = () => {
      try {
        done(frame.contentDocument === null ? 'refused' : 'a document that can be read');
      } catch {
        done('refused');
      }
    };
    ${setUp};
    document.body.append(frame);
  })`;
}

function socketRun(protocol: string): Run {
  return `(prey) => new Promise((done) => {
    const socket = new WebSocket(prey.own.replace('http', 'ws'), ${JSON.stringify(protocol === '' ? [] : [protocol])});
    socket.onopen = () => done('an open socket');
    socket.onerror = () => done('refused');
  })`;
}

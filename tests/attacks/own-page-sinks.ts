import type { BrowserAttack, Run } from './browser-attack.ts';

/** Ways by which text becomes script (T40, T45). Trusted Types and the policy refuse each of them. */
const sink = (name: string, run: Run): BrowserAttack => ({ threat: 'T40', from: 'our own page', name, run });

/** Does something with the text of a script, and sees whether it ran. `text` and `html` hold it. */
const runs = (code: string): Run =>
  `async (prey) => {
    delete globalThis.ran;
    const text = 'globalThis.ran = true';
    const html = '<img src="/absent.png" onerror="' + text + '"><svg onload="' + text + '"></svg>';
    const box = document.createElement('div');
    document.body.append(box);
    const until = async (isSo, momentMs) => {
      const end = performance.now() + Math.max(momentMs, prey.patienceMs);
      while (!isSo() && performance.now() < end) await new Promise((resume) => setTimeout(resume, 5));
    };
    try {
      await (async () => { ${code} })();
    } catch {
      // What is refused throws, or says nothing; whether the script ran is what counts.
    }
    await until(() => globalThis.ran, 15);
    box.remove();
    return globalThis.ran === undefined ? 'refused' : 'script that ran';
  }`;

export const SINK_ATTACKS: readonly BrowserAttack[] = [
  sink('innerHTML', runs('box.innerHTML = html;')),
  sink('outerHTML', runs('box.outerHTML = html;')),
  sink('insertAdjacentHTML', runs("box.insertAdjacentHTML('beforeend', html);")),
  sink('setHTMLUnsafe', runs('box.setHTMLUnsafe(html);')),
  sink('innerHTML of a shadow root', runs("box.attachShadow({ mode: 'open' }).innerHTML = html;")),
  sink('createContextualFragment', runs('box.append(document.createRange().createContextualFragment(html));')),
  sink('DOMParser', runs("box.append(new DOMParser().parseFromString(html, 'text/html').body);")),
  sink('document.write', runs('document.write(html);')),
  sink(
    'srcdoc of a frame',
    runs(
      "const f = document.createElement('iframe'); f.srcdoc = html; box.append(f); await until(() => f.contentWindow.ran, 30); if (f.contentWindow.ran) globalThis.ran = true;",
    ),
  ),
  sink('text of a script', runs("const s = document.createElement('script'); s.text = text; box.append(s);")),
  sink('a text node in a script', runs("const s = document.createElement('script'); s.append(text); box.append(s);")),
  sink(
    'a script in SVG',
    runs(
      "const s = document.createElementNS('http://www.w3.org/2000/svg', 'script'); s.append(text); const v = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); v.append(s); box.append(v);",
    ),
  ),
  sink(
    'a script at a data address',
    runs(
      "const s = document.createElement('script'); s.setAttribute('src', 'data:text/javascript,' + text); box.append(s);",
    ),
  ),
  sink(
    'a script at a blob address',
    runs(
      "const s = document.createElement('script'); s.setAttribute('src', URL.createObjectURL(new Blob([text]))); box.append(s);",
    ),
  ),
  sink(
    'a handler set as attribute',
    runs(
      "const i = document.createElement('img'); i.setAttribute('onerror', text); i.src = '/absent.png'; box.append(i);",
    ),
  ),
  sink('eval', runs('(0, eval)(text);')),
  sink('new Function', runs('new Function(text)();')),
  sink('the constructor of a function', runs('(() => {}).constructor(text)();')),
  sink('the constructor of an async function', runs('await (async () => {}).constructor(text)();')),
  sink('setTimeout of a text', runs('setTimeout(text);')),
  sink(
    'setInterval of a text',
    runs('const i = setInterval(text, 1); await until(() => globalThis.ran, 30); clearInterval(i);'),
  ),
  sink(
    'a javascript: link',
    runs("const a = document.createElement('a'); a.href = 'javascript:' + text; box.append(a); a.click();"),
  ),
  sink(
    'a javascript: frame',
    runs("const f = document.createElement('iframe'); f.src = 'javascript:parent.ran = true'; box.append(f);"),
  ),
  sink(
    'a javascript: form',
    runs("const f = document.createElement('form'); f.action = 'javascript:' + text; box.append(f); f.submit();"),
  ),
  sink('location = javascript:', runs("location.href = 'javascript:' + text;")),
  sink('import of a data address', runs("await import('data:text/javascript,' + text);")),
  sink(
    'import of a blob address',
    runs("await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));"),
  ),
  sink(
    'a worker of a data address',
    runs(
      "await new Promise((d, e) => { const w = new Worker('data:text/javascript,postMessage(1)'); w.onmessage = () => { globalThis.ran = true; d(); }; w.onerror = e; });",
    ),
  ),
  sink(
    'a shared worker of a blob',
    runs(
      "await new Promise((d, e) => { const w = new SharedWorker(URL.createObjectURL(new Blob(['onconnect = (e) => e.ports[0].postMessage(1)'], { type: 'text/javascript' }))); w.port.onmessage = () => { globalThis.ran = true; d(); }; w.onerror = e; });",
    ),
  ),
  sink('a service worker', runs("await navigator.serviceWorker.register('/sw.js'); globalThis.ran = true;")),
  sink(
    'a policy of trusted types',
    runs("trustedTypes.createPolicy('mine', { createHTML: (t) => t }); globalThis.ran = true;"),
  ),
  sink(
    'the default policy of trusted types',
    runs("trustedTypes.createPolicy('default', { createHTML: (t) => t }); globalThis.ran = true;"),
  ),
  sink(
    'WebAssembly',
    runs('await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); globalThis.ran = true;'),
  ),
  sink(
    'a style element',
    runs(
      "const s = document.createElement('style'); s.append('div { color: rgb(1, 2, 3) }'); box.append(s); if (getComputedStyle(box).color === 'rgb(1, 2, 3)') globalThis.ran = true;",
    ),
  ),
  sink(
    'a style attribute',
    runs(
      "box.setAttribute('style', 'color: rgb(1, 2, 3)'); if (getComputedStyle(box).color === 'rgb(1, 2, 3)') globalThis.ran = true;",
    ),
  ),
];

import { askOnce, bareScan } from './bare-scan.ts';
import './bench-page.ts';

// The limit of a cold start: a page that does nothing but fetch and parse what `?endpoint=` holds, and keeps it. Without
// one it is an empty page.
const endpoint = new URL(location.href).searchParams.get('endpoint');
const pages = endpoint === null ? [] : await bareScan(endpoint, 1);
Reflect.set(window, 'kept', pages);
Reflect.set(window, 'bareDone', true);

window.bench = { ask: askOnce };

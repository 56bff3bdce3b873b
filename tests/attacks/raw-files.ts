import { lines } from '../devserver/raw-request.ts';
import { HOST, of, type RawAttack } from './raw-attack.ts';

/** Addresses by which a development server might read out a file. None may come, whatever the status. */
const FILES = [
  '/.env',
  '/.env?raw',
  '/.env?import&raw',
  '/.env?import&raw??',
  '/.env.local?url&raw',
  '/.env::$DATA?raw',
  '/.ENV?raw',
  '/%2eenv?raw',
  '/.aws/credentials',
  '/.aws/credentials?raw',
  '/.git/config?import&raw',
  '/src/server.pem?raw',
  '/src/server.pem?import&url',
  '/src/store.sqlite?raw',
  '/package.json',
  '/package.json?raw',
  '/package.json?import',
  '/notes.txt',
  '/notes.txt?raw',
  '/notes.txt?import&raw',
  '/src/../notes.txt?raw',
  '/src/%2e%2e/notes.txt?raw',
  '/src/..%2fnotes.txt?raw',
  '/@fs{ROOT}/.env',
  '/@fs{ROOT}/.env?raw??',
  '/@fs{ROOT}/.aws/credentials?import&raw',
  '/@fs{ROOT}/notes.txt?raw',
  '/@fs{ROOT}/src/../notes.txt?raw',
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?raw??',
  '/@fs/etc/passwd?import&raw',
  '/@fs//etc/passwd?raw',
  '/@id/{ROOT}/notes.txt?raw',
  '/@id/__x00__{ROOT}/.env?raw',
  '/node_modules/../notes.txt?raw',
  '/node_modules/.vite/deps/../../../notes.txt.map',
  '/../notes.txt.map',
] as const;

export const FILE_ATTACKS: readonly RawAttack[] = of(
  'T27',
  'files read out by the server',
  FILES.map((path) => [`GET ${path}`, lines(`GET ${path}`, [HOST]), [400, 403, 404]]),
);

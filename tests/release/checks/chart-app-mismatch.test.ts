import { expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const app = (key: string, componentVersion: string) => item('v1.4.0', key, { componentVersion });
const chart = (name: string, appVersion: string) => item('v1.4.0', `infra#${name}`, { appVersion });
const apart = (chartName: string, appVersion: string, of: string, version: string): Said<'chart-app-mismatch'> => [
  'error',
  `infra#${chartName}`,
  null,
  { appVersion, of, version },
];

test.each<[name: string, items: Item[], expected: Said<'chart-app-mismatch'>[], asked?: Asked]>([
  [
    'another version than its app',
    [app('backend#auth', '1.4.0'), chart('helm-auth', '1.3.0')],
    [apart('helm-auth', '1.3.0', 'backend#auth', '1.4.0')],
  ],
  ['the version of its app', [app('backend#auth', '1.4.0'), chart('helm-auth', '1.4.0')], []],
  ['v before one of them', [app('backend#auth', 'v1.4.0'), chart('helm-auth', '1.4.0')], []],
  ['v before the other', [app('backend#auth', '1.4.0'), chart('helm-auth', 'v1.4.0')], []],
  [
    'an app of -service, a chart of tf-',
    [app('backend#auth-service', '1.4.0'), chart('tf-auth', '1')],
    [apart('tf-auth', '1', 'backend#auth-service', '1.4.0')],
  ],
  [
    'an app of -svc, a chart without head',
    [app('backend#auth-svc', '1.4.0'), chart('auth', '1')],
    [apart('auth', '1', 'backend#auth-svc', '1.4.0')],
  ],
  [
    'a frontend',
    [app('frontend#shell', '2.0.0'), chart('helm-shell', '1.9.0')],
    [apart('helm-shell', '1.9.0', 'frontend#shell', '2.0.0')],
  ],
  [
    'the app of the very name before the one of -service',
    [app('backend#auth', '1.0.0'), app('backend#auth-service', '1.4.0'), chart('helm-auth', '1.0.0')],
    [],
  ],
  [
    'the backend before the frontend of one name',
    [app('frontend#auth', '1.0.0'), app('backend#auth', '1.4.0'), chart('helm-auth', '1.4.0')],
    [],
  ],
  ['+ is written _ or - in tags', [app('backend#auth', '1.4.0+5'), chart('helm-auth', '1.4.0_5')], []],
  [
    'an app that says no version has that of the release',
    [item('v1.4.0', 'backend#auth'), chart('helm-auth', '1.3.0')],
    [apart('helm-auth', '1.3.0', 'backend#auth', '1.4.0')],
  ],
  // The allowances of version-mismatch.
  ['a build of its version', [app('backend#auth', '1.4.0'), chart('helm-auth', '1.4.0-alpine')], []],
  ['fewer numbers', [app('backend#auth', '1.4.0'), chart('helm-auth', '1.4')], []],
  [
    'a candidate of its version',
    [app('backend#auth', '1.4.0'), chart('helm-auth', '1.4.0-rc.1')],
    [apart('helm-auth', '1.4.0-rc.1', 'backend#auth', '1.4.0')],
  ],
  [
    'the commit of its app',
    [item('v1.4.0', 'backend#auth', { commit: '9f3c2ab4d5' }), chart('helm-auth', 'sha-9f3c2ab')],
    [],
  ],
  ['a version that moves', [app('backend#auth', '1.4.0'), chart('helm-auth', 'latest')], []],
  ['what is not a version', [app('backend#auth', '1.4.0'), chart('helm-auth', 'Hoxton.SR12')], []],
  // What is carried over is as the release's own.
  [
    'an app that is carried over',
    [
      item('v1.4.0', 'backend#web'),
      app('backend#web', '1.4.0'),
      chart('helm-auth', '1.4.0'),
      item('v1.3.0', 'backend#auth'),
    ],
    [apart('helm-auth', '1.4.0', 'backend#auth', '1.3.0')],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  [
    'a chart that is carried over',
    [app('backend#auth', '1.4.0'), item('v1.3.0', 'infra#helm-auth', { appVersion: '1.3.0' })],
    [apart('helm-auth', '1.3.0', 'backend#auth', '1.4.0')],
    { policy: { roster: [{ component: '*', expectation: 'carried' }] } },
  ],
  ['no appVersion', [app('backend#auth', '1.4.0'), item('v1.4.0', 'infra#helm-auth', { chartVersion: '9.0.0' })], []],
  ['an app of another name', [app('backend#author', '1.4.0'), chart('helm-auth', '1.3.0')], []],
  ['helm- is a head only at the start', [app('backend#auth', '1.4.0'), chart('my-helm-auth', '1.3.0')], []],
  ['what is neither backend nor frontend', [app('kafka#auth', '1.4.0'), chart('helm-auth', '1.3.0')], []],
  ['an app of another release', [item('v1.3.0', 'backend#auth'), chart('helm-auth', '1.2.0')], []],
])('%s', (_, items, expected, asked) => expect(said('chart-app-mismatch', items, asked)).toEqual(expected));

import { expect, test } from 'vitest';
import type { FoundComponent } from '../../../src/release/history/find-document.ts';
import { inFull, whereWords } from '../../../src/views/search/where-words.ts';

type Has = FoundComponent['releases'][number]['has'];
const release = (tag: string, has: Has, why: string | null = null): FoundComponent['releases'][number] => ({
  release: tag,
  stage: tag.includes('-') ? 'rc' : 'stable',
  has,
  why,
});
const runs = (environment: string, of: string, has: Has): FoundComponent['environments'][number] => ({
  environment,
  release: of,
  version: of.slice(1),
  has,
  why: null,
});
const found = (
  releases: FoundComponent['releases'],
  environments: FoundComponent['environments'] = [],
): FoundComponent => ({
  component: 'backend#orders',
  type: 'backend',
  name: 'orders',
  repo: null,
  commits: [],
  first: releases[0]?.release ?? null,
  releases,
  environments,
});

const V1 = release('v1.0.0', 'yes');
const AT = 'it is at bbbbbbb, which does not have it';

test.each<[what: string, of: FoundComponent, change: string, held: string]>([
  ['in one release', found([V1]), 'first in v1.0.0', 'in v1.0.0'],
  ['in no release', found([]), 'in no release', 'in no release'],
  ['in several', found([V1, release('v1.1.0', 'yes')]), 'first in v1.0.0', 'first in v1.0.0'],
  [
    'where it runs, and what runs elsewhere',
    found([V1], [runs('dev', 'v1.0.0', 'yes'), runs('qa', 'v1.0.0', 'yes'), runs('prod', 'v0.9.0', 'no')]),
    'first in v1.0.0 · runs in dev, qa · not in prod (v0.9.0)',
    'in v1.0.0 · runs in dev, qa',
  ],
  [
    'nowhere',
    found([V1], [runs('dev', 'v1.1.0', 'no'), runs('prod', 'v0.9.0', 'no')]),
    'first in v1.0.0 · runs nowhere',
    'in v1.0.0 · runs nowhere',
  ],
  [
    'what nobody knows',
    found([V1], [runs('dev', 'v1.0.0', 'unknown'), runs('prod', 'v0.9.0', 'part')]),
    'first in v1.0.0 · in part in prod · unknown in dev',
    'in v1.0.0 · in part in prod · unknown in dev',
  ],
  [
    'the stable release that lacks it before newer ones',
    found([V1, release('v1.1.0', 'no', AT), release('v1.2.0-rc.1', 'unknown', AT), release('v1.2.0-rc.2', 'yes')]),
    'first in v1.0.0 · not in v1.1.0 (it is at bbbbbbb) and 1 more',
    'first in v1.0.0',
  ],
  [
    'else the newest one',
    found([V1, release('v1.1.0-rc.1', 'no', AT), release('v1.1.0-rc.2', 'unknown', AT)]),
    'first in v1.0.0 · unknown in v1.1.0-rc.2 and 1 more',
    'in v1.0.0',
  ],
  [
    'some of its commits',
    found([release('v1.0.0', 'part', 'it has 1 of 2 commits'), release('v1.1.0', 'part', 'it has 1 of 2 commits')]),
    'first in v1.0.0 (it has 1 of 2 commits) · in part in v1.1.0 (it has 1 of 2 commits)',
    'in v1.0.0 (it has 1 of 2 commits)',
  ],
])('%s', (_, of, change, held) => {
  expect([whereWords(of, 'ticket'), whereWords(of, 'image')]).toEqual([change, held]);
});

test('the rest is there for who asks', () => {
  const unseen = { without: ['backend#a', 'backend#b'], cut: ['backend#b'], shallow: [] };
  const of = { schema: 1, readAt: '', asked: '', commits: [], components: [found([V1])], unseen } as const;
  const sentence = 'backend#orders: first in v1.0.0';
  const nobody = { ...of, kind: 'ticket', unseen: { without: [], cut: [], shallow: [] } } as const;
  expect([
    inFull({ ...of, kind: 'ticket' }, true),
    inFull({ ...of, kind: 'ticket' }, false),
    inFull(nobody, true),
    inFull({ ...nobody, components: [] }, true),
    inFull({ ...of, kind: 'image' }, true),
  ]).toEqual([
    {
      summary: 'In full · 2 components do not list all changes',
      lines: [
        sentence,
        'Not looked at: fragments that list no changes: backend#a, backend#b; lists that are cut: backend#b.',
      ],
    },
    { summary: 'In full', lines: [sentence] },
    { summary: 'In full', lines: [sentence] },
    null,
    null,
  ]);
});

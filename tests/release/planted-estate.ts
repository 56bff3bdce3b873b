import { POLICY_ITEM } from '../../src/release/item/fragment.ts';
import type { Item } from '../../src/release/item/item.ts';
import { HIDDEN_CHARACTERS } from './hidden-list.ts';

/** So many characters are planted in one text: some views cut what is long. */
const IN_ONE = 24;

/** The characters in heaps, each small enough to be drawn whole. */
const HEAPS: readonly string[] = Array.from({ length: Math.ceil(HIDDEN_CHARACTERS.length / IN_ONE) }, (_, at) =>
  HIDDEN_CHARACTERS.slice(at * IN_ONE, (at + 1) * IN_ONE)
    .map(([, character]) => character)
    .join(''),
);
const [FIRST = ''] = HEAPS;
/** Those that look like nothing at all, or turn all that follows. */
export const LIKE_NOTHING = ['\u200b', '\u00ad', '\u034f', '\u{e0041}', '\ufe0f', '\u202e', '\u2066'] as const;

/** Changelogs are prose, which keeps its line ends and its blanks. */
function prose(text: string): string {
  return text.replace(/[\r\n\t\p{Zs}]/gu, '');
}

/** Every documented field, each with all the characters of a heap. */
function fields(heap: string, at: number): Record<string, unknown> {
  const name = (text: string) => `${text}${heap}z`;
  return {
    componentVersion: name(`1.${at}`),
    npmVersion: name(`1.${at}`),
    schemaVersion: name('7'),
    evolutionPolicy: name('BACK'),
    chartVersion: name('2'),
    appVersion: name('3'),
    imageRef: name('ghcr.io/acme/api:1'),
    artifact: name('npm'),
    digest: name('sha256:'),
    repo: name('acme/'),
    commit: name('abc'),
    buildSha: name('def'),
    valuesHash: name('ghi'),
    deploymentHash: name('jkl'),
    owner: name('team'),
    environments: [name('env'), 'prod'],
    producers: [name('p')],
    consumers: [name('c')],
    links: { [name('label')]: `https://example.com/${heap}`, [name('other')]: 'https://example.com/' },
    changelog: prose(`# ${heap}\n\nfixed ${heap} at ${at}`),
    [name('more')]: name('value'),
    nested: { [name('key')]: [name('value')] },
  };
}

/** @param turn another one publishes other content under the same names */
export function plantedItems(turn = 0): Item[] {
  const item = (version: string, key: string, more: Record<string, unknown> = {}) => ({
    version,
    'component#name': key,
    date: '2026-11-19T10:00:00.000Z',
    ...more,
  });
  const items = HEAPS.flatMap((heap, at) => {
    const other = HEAPS[(at + turn + 1) % HEAPS.length] ?? '';
    return [
      item('v1.0.0', `backend#c${at}${heap}z`, fields(heap, turn)),
      item('v1.1.0', `backend#c${at}${heap}z`, fields(other, turn + 1)),
      item('v1.1.0', `k8s#prod-deployment/w${at}${heap}z`, { ...fields(heap, 2), replicas: 3, readyReplicas: 1 }),
      item(`v1.${at + 2}.0-rc.1${heap}z`, `backend#c${at}${heap}z`, fields(heap, 3)),
      item(`tag${at}${heap}z`, `kind${heap}z#odd`, { commit: heap }),
      // No fragment, as it has no type.
      item('v1.1.0', `no type ${at}${heap}`, fields(heap, 4)),
    ];
  });
  const alike = LIKE_NOTHING.flatMap((character) => [
    item(`v1.1.0${character}`, 'backend#auth', { componentVersion: `1.1${character}` }),
    item('v1.1.0', `backend#auth${character}`, { environment: `prod${character}` }),
  ]);
  return [...items, ...alike, item('v1.1.0', 'backend#auth'), item('v1.0.0', 'backend#auth')] as Item[];
}

/** A policy in whose every text a heap is planted. @param broken with keys it does not know */
export function plantedPolicy(broken = false): Item {
  const document = {
    ...(broken ? { [`unknown${FIRST}`]: 1 } : {}),
    roster: [{ component: `backend#only${FIRST}z` }, { component: '*' }],
    waivers: [
      {
        code: 'missing-component',
        component: '*',
        release: 'v1.1.0',
        reason: `reason${FIRST}z`,
        by: `by${FIRST}z`,
        // Far away, whatever the clock of the machine says.
        expires: '2099-12-01',
      },
    ],
  };
  return { version: POLICY_ITEM.release, 'component#name': POLICY_ITEM.component, document } as Item;
}

const RAW = new RegExp(`⟨U\\+27E8⟩|[${HIDDEN_CHARACTERS.map(([code]) => `\\u{${code.slice(2)}}`).join('')}]`, 'gu');

/** What is left as it is in a text that must show it, by number; and a mark that was itself taken for text. */
export function rawIn(text: string, kept = '\n\t'): string[] {
  const found = new Set((text.match(RAW) ?? []).filter((character) => !kept.includes(character)));
  return Array.from(found, (character) => `U+${character.codePointAt(0)?.toString(16)}`);
}

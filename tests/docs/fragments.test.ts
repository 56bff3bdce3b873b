import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItem, WORKLOAD_KINDS } from '../../src/release/item/fragment.ts';
import { itemOfInput, readFragmentInput } from '../../src/release/item/fragment-input.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { plainItem } from '../../src/store/plain-item.ts';
import { documentedFragments } from './fragment-commands.ts';

const documented = documentedFragments();

test('there is one for each type, and no other command', () => {
  expect(documented.map(({ type }) => type)).toEqual(['frontend', 'backend', 'kafka', 'infra', 'k8s']);
  const text = readFileSync(new URL('../../docs/fragments.md', import.meta.url), 'utf8');
  expect(text.match(/^aws dynamodb/gm)).toHaveLength(documented.length);
});

describe.each(documented)('$type', ({ type, item, command }) => {
  test('the command puts the item that is shown', () => {
    const [service, operation, ...options] = command;
    expect([service, operation, options.slice(0, 3)]).toEqual([
      'dynamodb',
      'put-item',
      ['--table-name', 'ReleaseFragments', '--item'],
    ]);
    expect(options).toHaveLength(4);
    expect(plainItem(JSON.parse(options[3] ?? ''))).toEqual(item);
  });

  test('the item is read without a fault, every attribute as a field', () => {
    const reading = readItem(item, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
    if (!('fragment' in reading)) throw new Error('It is not a fragment.');
    const { type: read, faults, fields } = reading.fragment;
    expect([read, faults]).toEqual([type, []]);
    const { version, 'component#name': key, ...attributes } = item;
    expect(Object.keys(fields).toSorted()).toEqual(Object.keys(attributes).toSorted());
  });

  test('`release-matrix publish` writes the same', () => {
    const { version: release, 'component#name': key, ...attributes } = item;
    const input = readFragmentInput({ release, ...partsOf(String(key)), ...attributes }, { anyRelease: false });
    if (!('input' in input)) throw new Error(input.faults.join('\n'));
    expect(itemOfInput(input.input, DOCUMENTED_KEYS)).toEqual(item);
  });
});

/** `k8s#prod-deployment/api` as a publisher names it. */
function partsOf(key: string) {
  const [, type = '', name = ''] = /^(.*?)#(.*)$/.exec(key) ?? [];
  const workload = new RegExp(`^[^/]+-(${WORKLOAD_KINDS.join('|')})/(.*)$`).exec(name);
  return workload === null ? { type, component: name } : { type, kind: workload[1], component: workload[2] };
}

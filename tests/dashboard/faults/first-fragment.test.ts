import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { FixContext } from '../../../src/contract/fault-fix.ts';
import { firstFragmentCommand } from '../../../src/dashboard/faults/first-fragment.ts';
import { DOCUMENTED_KEYS, type KeyNames } from '../../../src/release/item/item.ts';

/** What a shell makes of the command, word by word. */
function wordsOf(command: string): string[] {
  const script = `aws() { printf '%s\\0' "$AWS_ACCESS_KEY_ID"; for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} }).split('\0').slice(0, -1);
}

const item = (keys: KeyNames) => ({
  [keys.release]: { S: 'v1.0.0' },
  [keys.component]: { S: 'backend#auth-service' },
  commit: { S: '9f3c2ab' },
  artifact: { S: 'ghcr.io/acme/auth-service:1.0.0' },
  date: { S: '2026-01-31T12:00:00Z' },
});

test.each<[string, FixContext, KeyNames, string[]]>([
  [
    'AWS',
    { table: 'ReleaseFragments', region: 'eu-west-1', profile: 'release-readonly', endpoint: null, keyId: null },
    DOCUMENTED_KEYS,
    ['--table-name', 'ReleaseFragments', '--region', 'eu-west-1', '--profile', 'release-readonly'],
  ],
  [
    'an emulator, other keys, a quote in their names',
    { table: 'T', region: 'us-east-1', profile: null, endpoint: 'http://127.0.0.1:8000', keyId: 'fakeMyKeyId' },
    { release: "p'k", component: '$(sk)' },
    ['--table-name', 'T', '--region', 'us-east-1', '--endpoint-url', 'http://127.0.0.1:8000'],
  ],
])('the command that publishes a first fragment: %s', (_, context, keys, options) => {
  const words = wordsOf(firstFragmentCommand(context, keys));
  expect(words.slice(0, -1)).toEqual([context.keyId ?? '', 'dynamodb', 'put-item', ...options, '--item']);
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(item(keys));
});

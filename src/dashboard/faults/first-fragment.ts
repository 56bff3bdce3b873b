import { emulatorPrefix, type FixContext } from '../../contract/fault-fix.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { shellWord } from '../../release/text/shell-text.ts';

/**
 * The AWS CLI's command that puts a first fragment into the table, ready to paste.
 *
 * @param context the table as it is reached
 * @param keys its key names as they are
 */
export function firstFragmentCommand(context: FixContext, keys: KeyNames): string {
  const { table, region, profile, endpoint } = context;
  const attributes = [
    [keys.release, 'v1.0.0'],
    [keys.component, 'backend#auth-service'],
    ['commit', '9f3c2ab'],
    ['artifact', 'ghcr.io/acme/auth-service:1.0.0'],
    ['date', '2026-01-31T12:00:00Z'],
  ].map(([name, text]) => `    ${JSON.stringify(name)}: {"S": ${JSON.stringify(text)}}`);
  return [
    `${emulatorPrefix(context)}aws dynamodb put-item --table-name ${shellWord(table)}`,
    `--region ${shellWord(region)}`,
    ...(profile === null ? [] : [`--profile ${shellWord(profile)}`]),
    ...(endpoint === null ? [] : [`--endpoint-url ${shellWord(endpoint)}`]),
    `--item ${shellWord(`{\n${attributes.join(',\n')}}`, true)}`,
  ].join(' \\\n  ');
}

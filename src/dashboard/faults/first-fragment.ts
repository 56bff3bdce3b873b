import type { KeyNames } from '../../release/item.ts';
import type { MendContext } from '../../store/fault-mend.ts';

/**
 * The AWS CLI's command that puts a first fragment into the table, ready to paste.
 *
 * @param context the table as it is reached
 * @param keys its key names as they are
 */
export function firstFragmentCommand({ table, region, profile, endpoint }: MendContext, keys: KeyNames): string {
  const item = {
    [keys.release]: { S: 'v1.0.0' },
    [keys.component]: { S: 'backend#auth-service' },
    commit: { S: '9f3c2ab' },
    artifact: { S: 'ghcr.io/acme/auth-service:1.0.0' },
    date: { S: '2026-01-31T12:00:00Z' },
  };
  return [
    `aws dynamodb put-item --table-name ${shellWord(table)}`,
    `--region ${shellWord(region)}`,
    ...(profile === null ? [] : [`--profile ${shellWord(profile)}`]),
    ...(endpoint === null ? [] : [`--endpoint-url ${shellWord(endpoint)}`]),
    `--item ${shellWord(JSON.stringify(item, null, 2))}`,
  ].join(' \\\n  ');
}

/** One word for a POSIX shell, whatever it holds. */
function shellWord(text: string): string {
  return /^[\w.:/@+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

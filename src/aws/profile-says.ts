import type { ProfileSays } from '../store/settings.ts';
import { readProfileFiles } from './profile-files.ts';

/**
 * Reads what a profile says besides its credentials, as the AWS tools understand it.
 *
 * @returns null where there is no such profile or the files cannot be read: whoever asks for credentials is told why
 */
export async function readProfileSays(profile: string, env: NodeJS.ProcessEnv): Promise<ProfileSays | null> {
  const read = await readProfileFiles(env);
  const section = read.ok ? read.files.profiles.get(profile) : undefined;
  if (!read.ok || section === undefined) return null;
  const named = section.get('services');
  const services = named === undefined ? undefined : read.files.services.get(named);
  return {
    profile,
    endpoint: services?.get('dynamodb.endpoint_url') ?? section.get('endpoint_url') ?? null,
    ignoresEndpoints: /^true$/i.test(section.get('ignore_configured_endpoint_urls') ?? ''),
    missingServices: named !== undefined && services === undefined ? named : null,
    keyId: section.has('aws_secret_access_key') ? (section.get('aws_access_key_id') ?? null) : null,
  };
}

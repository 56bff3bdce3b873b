import type { PageStart } from '../../contract/local-server.ts';
import type { DescribedTable } from '../../store/table-keys.ts';

/** The source in a word or two, as the header names it. */
export function sourceName(source: PageStart['source']): string {
  switch (source.kind) {
    case 'embedded':
      // With data of another project in it, it is those that a person needs named.
      return /demo/i.test(source.data) ? 'embedded demo' : `embedded ${source.data}`;
    case 'loopback':
      return new URL(source.endpoint).host;
    case 'aws':
      return whoseCredentials(source.profile);
    case 'file':
      return 'file';
  }
}

/** None where it tells nothing: the embedded table is in this machine's memory, and of a file nobody may know. */
export function regionOf({ source, region }: Pick<PageStart, 'source' | 'region'>): readonly string[] {
  return source.kind === 'embedded' || region === '' ? [] : [region];
}

/** Whose credentials read the table. @param profile null: the keys of the environment */
export function whoseCredentials(profile: string | null): string {
  return profile === null ? 'environment keys' : `profile ${profile}`;
}

/** Who says what the keys are called. */
export const KEYS_FROM = {
  table: 'from the table',
  settings: 'from the settings',
  documentation: 'assumed as documented',
} satisfies Record<DescribedTable['keysFrom'], string>;

/** How the local server is started on a real table. */
export function connectCommand(): string {
  return 'AWS_PROFILE=my-profile AWS_REGION=eu-west-1 \\\n  RELEASE_TABLE=ReleaseFragments npm run dev';
}

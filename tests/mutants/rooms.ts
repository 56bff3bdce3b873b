import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The parts of the product whose tests are themselves tested: each statement of them is changed in many small ways, and
 * each change must make one of the tests fail that judge the room.
 */
export interface Room {
  readonly name: RoomName;
  /** Paths below the repository; `*` stands for any part of a file's name, so that a new file is in its room. */
  readonly sources: readonly string[];
  /** Tests that run in one process, the quickest first, as patterns: every change is theirs until one notices it. */
  readonly judges: readonly string[];
  /** Percent of the changes that must be noticed or argued (argued.ts). */
  readonly target: number;
}

export type RoomName = 'guard' | 'credentials' | 'store';

export const ROOMS: readonly Room[] = [
  {
    name: 'credentials',
    sources: [
      'src/devserver/credentials/*.ts',
      'src/devserver/env-files.ts',
      'src/devserver/fault-status.ts',
      'src/aws/*.ts',
    ],
    judges: [
      'tests/aws/profile-plan.test.ts',
      'tests/aws/profile-files.test.ts',
      'tests/aws/sdk-fault.test.ts',
      'tests/aws/credential-helper.test.ts',
      'tests/devserver/env-files.test.ts',
      'tests/devserver/aws-clock.test.ts',
      'tests/devserver/credential-cache.test.ts',
      'tests/devserver/sts.test.ts',
      'tests/devserver/sign-in-output.test.ts',
      'tests/devserver/sign-in.test.ts',
      'tests/devserver/guard-parts.test.ts',
      'tests/aws/*.test.ts',
      'tests/devserver/credentials.test.ts',
    ],
    target: 95,
  },
  {
    name: 'guard',
    sources: ['src/devserver/*.ts', 'src/devserver/guard/*.ts', 'src/devserver/table/*.ts'],
    judges: [
      'tests/devserver/guard.test.ts',
      'tests/devserver/route-checks.test.ts',
      'tests/devserver/one-time-code.test.ts',
      'tests/devserver/reading-calls.test.ts',
      'tests/devserver/page.test.ts',
      'tests/devserver/vite-options.test.ts',
      'tests/devserver/bind-address.test.ts',
      'tests/devserver/identity.test.ts',
      'tests/devserver/proof-check.test.ts',
      'tests/devserver/kept-secret.test.ts',
      'tests/devserver/guard-parts.test.ts',
      'tests/devserver/guard-install.test.ts',
      'tests/devserver/routes.test.ts',
      'tests/devserver/limits.test.ts',
      'tests/devserver/*.test.ts',
    ],
    target: 95,
  },
  {
    name: 'store',
    sources: ['src/store/*.ts', 'src/contract/*.ts'],
    judges: [
      'tests/store/read-fault.test.ts',
      'tests/store/settings.test.ts',
      'tests/store/settings-rules.test.ts',
      'tests/store/dynamodb-json.test.ts',
      'tests/store/fault-names.test.ts',
      'tests/store/retry-while-down.test.ts',
      'tests/store/attribute-value.test.ts',
      'tests/store/policies-and-places.test.ts',
      'tests/store/publish-rounds.test.ts',
      'tests/store/read-segments.test.ts',
      'tests/store/read-calls.test.ts',
      'tests/store/client.test.ts',
      'tests/store/read-policy-item.test.ts',
      'tests/store/read-change-counter.test.ts',
      'tests/store/write-items.test.ts',
      'tests/store/notify-state.test.ts',
      'tests/contract/*.test.ts',
      'tests/store/*.test.ts',
      'tests/store/plain-values.test.ts',
      'tests/store/plain-item.test.ts',
      'tests/store/outage-limit.test.ts',
      'tests/store/read-traps.test.ts',
    ],
    target: 90,
  },
];

const EMBEDDED = 'the table of the demo, which holds nobody’s data; tests/devserver/embedded-table.test.ts is about it';

/** Files beside those of the rooms that are in none, and why. */
export const IN_NO_ROOM: Readonly<Record<string, string>> = {
  'src/devserver/plugin.ts': 'wires the parts into Vite; tests/devserver/start.test.ts starts it as a process',
  'src/devserver/start-settings.ts':
    'reads the settings at the start; tests/devserver/start.test.ts starts it as a process',
  'src/devserver/serve-built.ts':
    'wires the parts into Node’s server; tests/package/package.test.ts starts it as a process',
  'src/devserver/local-server.ts':
    'says at the start what is served; tests/devserver/start.test.ts starts it as a process',
  'src/devserver/stop.ts': 'ends the process',
  'src/devserver/table/embedded-table.ts': EMBEDDED,
  'src/devserver/table/handed-call.ts': EMBEDDED,
  'src/devserver/table/level-store.ts': EMBEDDED,
  'src/devserver/table/store-folder.ts': EMBEDDED,
  'src/devserver/table/policy-file.ts': 'reads a file that the person names; it guards nothing',
  'src/devserver/guard/check-sections.ts': 'cuts documentation for the page; it guards nothing',
};

const SLOW = 'it takes seconds for what a quick test should notice';
const OTHER = 'it is about something else';

/** Tests that judge no room, and why. */
export const NO_JUDGES: Readonly<Record<string, string>> = {
  'tests/devserver/aws-endpoints.test.ts': OTHER,
  'tests/devserver/browser-attacks.test.ts': SLOW,
  'tests/devserver/browser-guard.test.ts': SLOW,
  'tests/devserver/credentials.test.ts': 'it judges the credentials',
  'tests/devserver/credential-cache.test.ts': 'it judges the credentials',
  'tests/devserver/sts.test.ts': 'it judges the credentials',
  'tests/devserver/sign-in.test.ts': 'it judges the credentials',
  'tests/devserver/sign-in-output.test.ts': 'it judges the credentials',
  'tests/devserver/aws-clock.test.ts': 'it judges the credentials',
  'tests/devserver/env-files.test.ts': 'it judges the credentials',
  'tests/devserver/demo-ci.test.ts': OTHER,
  'tests/devserver/demo-command.test.ts': OTHER,
  'tests/devserver/demo-data.test.ts': OTHER,
  'tests/devserver/demo-estate.test.ts': OTHER,
  'tests/devserver/demo-project.test.ts': OTHER,
  'tests/devserver/dynamodb-route.test.ts': SLOW,
  'tests/devserver/embedded-table.test.ts': OTHER,
  'tests/devserver/env-example.test.ts': OTHER,
  'tests/devserver/first-in-stack.test.ts': SLOW,
  'tests/devserver/kept-table.test.ts': OTHER,
  'tests/devserver/mutations.test.ts': SLOW,
  'tests/devserver/raw-requests.test.ts': SLOW,
  'tests/devserver/story.test.ts': OTHER,
  'tests/devserver/start.test.ts': SLOW,
};

const REPOSITORY = join(import.meta.dirname, '../..');

/** @returns the files of a pattern, below the repository and in order */
function filesOf(pattern: string): readonly string[] {
  const folder = dirname(pattern);
  const parts = pattern.slice(folder.length + 1).split('*');
  const name = new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.*')}$`);
  return readdirSync(join(REPOSITORY, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort();
}

/** @returns the source files of a room; one that more rooms could claim is in the first of them */
export function sourcesOf(room: Room): readonly string[] {
  const before = ROOMS.slice(0, ROOMS.indexOf(room)).flatMap(({ sources }) => sources.flatMap(filesOf));
  return unique(room.sources.flatMap(filesOf)).filter(
    (file) => /(?<!\.d)\.ts$/.test(file) && !before.includes(file) && !Object.hasOwn(IN_NO_ROOM, file),
  );
}

/** @returns the test files that judge a room, in the order in which they are asked */
export function judgesOf({ judges }: Pick<Room, 'judges'>): readonly string[] {
  // What is named stands where it is named, and not where a pattern would find it.
  const found = judges.flatMap((judge) => filesOf(judge).filter((file) => file === judge || !judges.includes(file)));
  return unique(found).filter((file) => !Object.hasOwn(NO_JUDGES, file) || judges.includes(file));
}

function unique(files: readonly string[]): readonly string[] {
  return [...new Set(files)];
}

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ended, leftIn, type StepRan, startOf, type Variables } from './step-runner.ts';

// The container of a job as near as it can be had without a container engine: a root of its own with what the runner
// mounts and nothing else, not even a shell. Its network is ours, as the table stands on 127.0.0.1.
// Source: https://github.com/actions/runner/tree/main/src/Runner.Worker (ContainerOperationProvider.cs,
// Handlers/StepHost.cs): /__e is its Node, read-only; /__w the work, the actions and the temporary files; HOME is
// /github/home; a step is started by `docker exec --workdir … -e …`.

const ACTION = '/__w/_actions/acme/release-matrix/0123456789abcdef0123456789abcdef01234567/action';
/** What was pushed. */
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const WORK = '/__w/shop/shop';
const TEMPORARY = '/__w/_temp';
/** What every container has, whatever its image. */
const DEVICES = ['/dev/null', '/dev/urandom'];

/** Of Debian's own, where a PATH has none of them. */
const PROGRAMS = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
const NODE = '/__e/node24/bin/node';
/**
 * Mounts each pair of paths, read-only, and starts the rest of the words in the new root. Root is who it runs as where
 * that is not said otherwise, as in a container.
 */
const ENTER = `
set -e
root=$1; shift
while [ "$1" != -- ]; do
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
  shift 2
done
shift
mount --rbind /proc "$root/proc"
exec unshare --root="$root" "$@"
`;

/** Why there can be no such root here; null: there can. */
export function noJobContainer(): string | null {
  if (process.platform !== 'linux') return `${process.platform} has no mount namespaces.`;
  const { error, stderr, status } = spawnSync('unshare', [...namespaces(), 'true'], {
    env: PROGRAMS,
    encoding: 'utf8',
  });
  if (error !== undefined) return `unshare cannot be run: ${error.message}`;
  return status === 0 ? null : `This user may make no mount namespace: ${stderr.trim()}`;
}

const isRoot = () => process.getuid?.() === 0;
/** Whether a step can run as another user than root. */
export const canBeAnybody = isRoot;

function namespaces(): string[] {
  return ['--mount', ...(isRoot() ? [] : ['--user', '--map-root-user'])];
}

/** The libraries that the Node of these tests links, which stands in for the runner's. */
function librariesOfNode(): string[] {
  const { stdout } = spawnSync('ldd', [process.execPath], { env: PROGRAMS, encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(([, path]) => path ?? '');
}

/**
 * @param action the folder of the action
 * @param user who the steps run as, by number
 */
export function jobContainer(action: string, user: number) {
  const root = mkdtempSync(join(tmpdir(), 'release-matrix-container-'));
  const inside = (path: string) => join(root, path);
  chmodSync(root, 0o755);
  for (const path of [
    ACTION,
    WORK,
    `${TEMPORARY}/_runner_file_commands`,
    '/github/home',
    '/github/workflow',
    '/proc',
  ]) {
    mkdirSync(inside(path), { recursive: true });
  }
  cpSync(action, inside(ACTION), { recursive: true });
  const mounts = [[process.execPath, NODE], ...[...librariesOfNode(), ...DEVICES].map((path) => [path, path])];
  for (const [, path = ''] of mounts) {
    mkdirSync(dirname(inside(path)), { recursive: true });
    writeFileSync(inside(path), '');
  }
  /** The runner's user owns what it mounts, and nothing else belongs to anybody but root. */
  const handOver = () => {
    const below = ['/__w', '/github'].flatMap((top) => [
      inside(top),
      ...readdirSync(inside(top), { recursive: true, encoding: 'utf8' }).map((path) => join(root, top, path)),
    ]);
    if (user !== 0) for (const path of below) chownSync(path, user, user);
  };
  const start = (script: readonly string[], env: Variables) => {
    handOver();
    const as = user === 0 ? [] : [`--setuid=${user}`, `--setgid=${user}`];
    const words = [...mounts.flat(), '--', ...as, `--wd=${WORK}`, NODE, ...script];
    return ended('/usr/bin/unshare', [...namespaces(), '/bin/sh', '-c', ENTER, 'sh', root, ...words], { env });
  };
  let steps = 0;
  return {
    /** Writes a file into the workspace. */
    write: (name: string, text: string) => writeFileSync(inside(`${WORK}/${name}`), text),
    exists: (path: string) => existsSync(inside(path)),
    /** Runs a text of JavaScript by the runner's Node, as `node --eval`. */
    evaluate: (script: string) => start(['--input-type=module', '--eval', script], environment('')),
    /** Runs a step of the action. */
    async run(inputs: Readonly<Record<string, string>>, event: unknown, variables: Variables): Promise<StepRan> {
      const { main, named } = startOf(action, inputs);
      steps += 1;
      const commands = (name: string) => `${TEMPORARY}/_runner_file_commands/${name}_${steps}`;
      for (const name of ['set_output', 'step_summary']) writeFileSync(inside(commands(name)), '');
      writeFileSync(inside('/github/workflow/event.json'), JSON.stringify(event));
      const env = { ...environment(String(steps)), ...variables, ...named };
      const said = await start([`${ACTION}/${main}`], env);
      return { ...said, ...leftIn(inside(commands('set_output')), inside(commands('step_summary'))) };
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables, and the PATH of every container. */
function environment(step: string): Variables {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: '1f2e3d4c5b6a',
    HOME: '/github/home',
    CI: 'true',
    GITHUB_ACTION: '__acme_release-matrix',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_REF: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_ACTION_REPOSITORY: 'acme/release-matrix',
    GITHUB_ACTOR: 'somebody',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: '/github/workflow/event.json',
    GITHUB_JOB: 'publish',
    GITHUB_OUTPUT: `${TEMPORARY}/_runner_file_commands/set_output_${step}`,
    GITHUB_REF: 'refs/tags/v1.4.0',
    GITHUB_REF_NAME: 'v1.4.0',
    GITHUB_REF_TYPE: 'tag',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: COMMIT,
    GITHUB_STEP_SUMMARY: `${TEMPORARY}/_runner_file_commands/step_summary_${step}`,
    GITHUB_WORKFLOW: 'Release',
    GITHUB_WORKSPACE: WORK,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: TEMPORARY,
    RUNNER_TOOL_CACHE: '/__w/_tool',
  };
}

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Contexts, filledIn, holds, type Status } from './expressions.ts';
import { versionsIn } from './known-actions.ts';
import { runAction, runScript, type StepRan, type Variables } from './step-runner.ts';
import { type Job, readWorkflow, type Step } from './workflow-files.ts';

// Plays a workflow as GitHub does: its jobs in their order, each in a folder of its own, with everything that is the
// project's own as it is. The actions of others do what the world says of them.

/** A call of somebody else's action. */
export interface Call {
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment: Variables;
  /** The job's folder. */
  readonly work: string;
}

/** What a play happens in. */
export interface World {
  /** A folder for whatever is written. */
  readonly folder: string;
  /** Of our own action. */
  readonly action: string;
  /** The repository that is checked out. */
  readonly repository: string;
  readonly github: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** In the environment of every step, for the runner's machine. */
  readonly variables: Variables;
  /** What actions print, by `owner/name@v6`. Those of GitHub and AWS that move files and roles are played here. */
  readonly actions?: Readonly<Record<string, (call: Call) => Record<string, string>>>;
  /** Programs that stand first on the PATH, by their name: a script for bash. */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface JobPlayed {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepPlayed[];
}

interface StepPlayed {
  readonly uses: string | undefined;
  readonly ran: StepRan;
}

const REPOSITORY = resolve(import.meta.dirname, '../..');
const SKIPPED: JobPlayed = { result: 'skipped', outputs: {}, steps: [] };
const OWN_ACTION = 'acme/release-matrix/action';
const DONE: StepRan = { status: 0, stdout: '', stderr: '', outputs: {}, summary: '' };

/**
 * Plays the workflow of a file.
 *
 * @throws Error where it asks for what the world does not have
 */
export async function playWorkflow(file: string, world: World): Promise<Readonly<Record<string, JobPlayed>>> {
  const { jobs } = readWorkflow(file);
  const versions = versionsIn(readFileSync(file, 'utf8'));
  const artifacts = mkdtempSync(join(world.folder, 'artifacts-'));
  const played: Record<string, JobPlayed> = {};
  const waiting = new Map(Object.entries(jobs));
  while (waiting.size > 0) {
    const next = [...waiting].find(([, { needs = [] }]) => [needs].flat().every((name) => name in played));
    if (next === undefined) throw new Error(`${[...waiting.keys()].join(', ')} need a job that is not there.`);
    const [name, job] = next;
    waiting.delete(name);
    const run = { world, versions, artifacts, played };
    played[name] = job.uses === undefined ? await playJob(job, run) : await playCalled(job, run);
  }
  return played;
}

interface Run {
  readonly world: World;
  readonly versions: ReadonlyMap<string, string>;
  readonly artifacts: string;
  readonly played: Readonly<Record<string, JobPlayed>>;
}

/** What a job sees of those that it needs, and of everything around it. */
function contextsOf(job: Job, { world, played }: Run) {
  const needed = [job.needs ?? []].flat().flatMap((name) => {
    const before = played[name];
    return before === undefined ? [] : [[name, { result: before.result, outputs: before.outputs }] as const];
  });
  const needs = Object.fromEntries(needed);
  const wellSoFar: Status = Object.values(needs).every(({ result }) => result === 'success') ? 'success' : 'failure';
  const contexts = {
    github: world.github,
    inputs: world.inputs ?? {},
    vars: world.vars ?? {},
    secrets: world.secrets ?? {},
    needs,
  };
  return { contexts, wellSoFar };
}

/** A job that is one of our reusable workflows. */
async function playCalled(job: Job, run: Run): Promise<JobPlayed> {
  const { contexts, wellSoFar } = contextsOf(job, run);
  if (!holds(job.if, contexts, wellSoFar)) return SKIPPED;
  const path = /^acme\/release-matrix\/(.+)@\w+$/.exec(job.uses ?? '')?.[1];
  if (path === undefined) throw new Error(`${job.uses} is no workflow of ours.`);
  const file = join(REPOSITORY, path);
  const declared = readWorkflow(file).on.workflow_call?.inputs ?? {};
  const given = Object.fromEntries(
    Object.entries(job.with ?? {}).map(([name, value]) => [name, filledIn(String(value), contexts)]),
  );
  for (const name of Object.keys(given)) if (!(name in declared)) throw new Error(`${path} has no input ${name}.`);
  for (const [name, { required }] of Object.entries(declared)) {
    if (required === true && !(name in given)) throw new Error(`${path} needs the input ${name}.`);
  }
  const defaults = Object.entries(declared).map(([name, one]) => [name, one.default ?? '']);
  const jobs = Object.values(
    await playWorkflow(file, { ...run.world, inputs: { ...Object.fromEntries(defaults), ...given } }),
  );
  const well = jobs.every(({ result }) => result === 'success');
  return { result: well ? 'success' : 'failure', outputs: {}, steps: jobs.flatMap(({ steps }) => steps) };
}

async function playJob(job: Job, run: Run): Promise<JobPlayed> {
  const { world } = run;
  const { contexts, wellSoFar } = contextsOf(job, run);
  if (!holds(job.if, contexts, wellSoFar)) return SKIPPED;

  const work = mkdtempSync(join(world.folder, 'job-'));
  const temporary = mkdtempSync(join(world.folder, 'temporary-'));
  const machine = {
    ...world.variables,
    ...defaultVariables(world, work, temporary),
    PATH: `${programsOf(world)}:${process.env.PATH}`,
  };
  /** What actions have put into the environment of the steps after them. */
  const exported: Record<string, string> = {};
  const steps: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string }> = {};
  const done: StepPlayed[] = [];
  let status: Status = 'success';
  for (const step of job.steps ?? []) {
    const here = { ...contexts, steps, env: {} };
    if (!holds(step.if, here, status)) continue;
    const ran = await playStep(step, here, { ...run, work, machine: { ...machine, ...exported }, exported });
    done.push({ uses: step.uses, ran });
    if (step.id !== undefined)
      steps[step.id] = { outputs: ran.outputs, outcome: ran.status === 0 ? 'success' : 'failure' };
    if (ran.status !== 0) status = 'failure';
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [
    name,
    filledIn(value, { ...contexts, steps }, status),
  ]);
  return { result: status === 'success' ? 'success' : 'failure', outputs: Object.fromEntries(outputs), steps: done };
}

interface StepRun extends Run {
  readonly work: string;
  readonly machine: Variables;
  readonly exported: Record<string, string>;
}

async function playStep(step: Step, contexts: Contexts, run: StepRun): Promise<StepRan> {
  const fill = (values: Readonly<Record<string, string | number | boolean>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filledIn(String(value), contexts)]));
  const environment = { ...run.machine, ...fill(step.env) };
  if (step.run !== undefined) {
    return await runScript(filledIn(step.run, contexts), step.shell, run.work, environment);
  }
  const inputs = fill(step.with);
  const [name = ''] = (step.uses ?? '').split('@');
  if (name === OWN_ACTION) return await runAction(run.world.action, inputs, run.work, environment);
  const version = run.versions.get(step.uses ?? '') ?? '';
  const act = run.world.actions?.[version] ?? MOVING[name];
  if (act === undefined) throw new Error(`Nobody says what ${version} does.`);
  return { ...DONE, outputs: act({ inputs, environment, work: run.work }, run) };
}

/** Actions that move files and roles. */
const MOVING: Readonly<Record<string, (call: Call, run: StepRun) => Record<string, string>>> = {
  'actions/checkout': ({ work }, { world }) => {
    execFileSync('git', ['clone', '--quiet', world.repository, '.'], { cwd: work });
    return {};
  },
  'aws-actions/amazon-ecs-render-task-definition': ({ inputs, work }) => {
    const file = join(work, 'rendered.json');
    const definition = JSON.parse(readFileSync(join(work, inputs['task-definition'] ?? ''), 'utf8'));
    const container = definition.containerDefinitions.find(
      ({ name }: { name: string }) => name === inputs['container-name'],
    );
    container.image = inputs.image;
    writeFileSync(file, JSON.stringify(definition));
    return { 'task-definition': file };
  },
  'actions/setup-go': () => ({}),
  'actions/setup-node': () => ({}),
  'astral-sh/setup-uv': () => ({}),
  'azure/setup-helm': () => ({}),
  'docker/login-action': ({ inputs, environment }) => {
    const home = environment.HOME ?? '';
    mkdirSync(join(home, '.docker'), { recursive: true });
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { [inputs.registry ?? '']: {} } }));
    return {};
  },
  'aws-actions/configure-aws-credentials': ({ inputs }, { exported }) => {
    exported.AWS_REGION = inputs['aws-region'] ?? '';
    exported.ASSUMED_ROLE = inputs['role-to-assume'] ?? '';
    exported.SESSION_POLICY = inputs['inline-session-policy'] ?? '';
    return {};
  },
  'actions/upload-artifact': ({ inputs, work }, { artifacts }) => {
    const lines = (inputs.path ?? '').split('\n').filter((path) => path.trim() !== '');
    const paths = lines.map((path) => resolve(work, path.trim())).filter((path) => existsSync(path));
    if (paths.length === 0) throw new Error(`No files were found: ${inputs.path}.`);
    // The folders that all have in common are left out.
    const above = (path: string): string[] => (path === dirname(path) ? [path] : [...above(dirname(path)), path]);
    const [first = [], ...others] = paths.map((path) => above(dirname(path)));
    const root = first.filter((folder) => others.every((other) => other.includes(folder))).at(-1) ?? '/';
    for (const path of paths) {
      cpSync(path, join(artifacts, inputs.name ?? 'artifact', relative(root, path)), { recursive: true });
    }
    return {};
  },
  'actions/download-artifact': ({ inputs, work }, { artifacts }) => {
    const from = join(artifacts, inputs.name ?? '');
    if (!existsSync(from)) throw new Error(`There is no artifact ${inputs.name}.`);
    cpSync(from, join(work, inputs.path ?? '.'), { recursive: true });
    return {};
  },
};

function programsOf({ folder, programs = {} }: World): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\nset -eu\n${script}\n`, { mode: 0o755 });
  }
  return bin;
}

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function defaultVariables({ github, folder }: World, work: string, temporary: string): Variables {
  const event = join(temporary, 'event.json');
  writeFileSync(event, JSON.stringify({}));
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_PATH: event,
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: temporary,
    HOME: mkdtempSync(join(folder, 'home-')),
    ...Object.fromEntries(
      Object.entries(github)
        .filter(([name]) => name !== 'token')
        .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]),
    ),
  };
}

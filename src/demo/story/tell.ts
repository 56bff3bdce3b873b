import { alignedLines } from '../../cli/context/aligned.ts';
import { openEmbeddedTable } from '../../devserver/table/embedded-table.ts';
import { type Plan, planDocument } from '../../release/plan/plan-document.ts';
import { shellWord } from '../../release/text/shell-text.ts';
import { programOn, type Ran } from './program.ts';
import { ALL, commitOf, type Job, jobsOf, type Repository, type Train, tagOf } from './repositories.ts';
import { AGAIN, STORY } from './story.ts';
import { openDoor } from './table-door.ts';

/** What was asked, and what came of it. */
export interface Asked {
  /** The command. */
  readonly asked: string;
  /** A gate's verdict, or how much a plan has left; null where a pipeline was run. */
  readonly answer: string | null;
  readonly exitCode: number;
}

export interface StoryOptions {
  /** The bundled command line. */
  readonly program: string;
  readonly out: (text: string) => void;
  /** The machine's clock, milliseconds since 1970. */
  readonly now: () => number;
}

const HOUR_MS = 3_600_000;

/** How old the commits are when their pipelines run, milliseconds. */
const AGE_MS = 2 * HOUR_MS;

/**
 * Plays a release from first alpha to stable and back in an embedded table: the pipelines of eight repositories, a process
 * for each job, and the gate at every stage.
 *
 * @throws Error where a pipeline or a command fails that should not
 */
export async function tellStory({ program: file, out, now }: StoryOptions): Promise<readonly Asked[]> {
  const table = await openEmbeddedTable({ table: 'ReleaseFragments', region: 'us-east-1', data: 'rehearsal' });
  const door = await openDoor(table);
  const program = programOn(file, door.url);
  const date = new Date(now() - AGE_MS).toISOString();
  const all: Asked[] = [];
  let planned: Plan | null = null;
  const publish = async (jobs: readonly Job[], train: Train): Promise<void> => {
    const runs = await Promise.all(jobs.map((job) => program.runJob(job, train, date)));
    for (const [at, ran] of runs.entries()) out(jobLines(jobs[at], ran));
  };
  try {
    for (const [index, stage] of STORY.entries()) {
      const { says, train, carriesOut, publishes = [], commands = [], asks, hoursLater } = stage;
      out(`\n${index + 1}. ${says}\n`);
      await publish(jobsOf(publishes, train), train);
      for (const jobs of carriesOut === undefined ? [] : wavesOf(planned, train, carriesOut.failing)) {
        await publish(jobs, train);
      }
      for (const command of commands) {
        const ran = await program.run(command);
        out(commandLines(command.words, ran));
        if (ran.exitCode !== 0)
          throw new Error(`${command.words.join(' ')} ended with ${ran.exitCode}:\n${ran.stderr}`);
      }
      const later = hoursLater === undefined ? [] : ['--now', new Date(now() + hoursLater * HOUR_MS).toISOString()];
      for (const words of asks) {
        const said = await program.ask([...words, ...later]);
        out(`${commandLines([...words, ...later], said)}${exitLine(said.exitCode)}`);
        const document: unknown = JSON.parse(said.json);
        if (words[0] === 'plan') planned = planDocument.parse(document);
        const answer = words[0] === 'plan' ? `${planned?.left} left` : verdictOf(document);
        all.push({
          asked: [...words, ...(later.length === 0 ? [] : ['later'])].join(' '),
          answer,
          exitCode: said.exitCode,
        });
      }
    }
    for (const { says, train, publishes } of AGAIN) {
      out(`\n${says}\n`);
      for (const job of jobsOf([publishes], train)) {
        const ran = await program.runJob(job, train, date);
        out(`${jobLines(job, ran, true)}${exitLine(ran.exitCode)}`);
        all.push({ asked: `publish, ${publishes}`, answer: null, exitCode: ran.exitCode });
      }
    }
  } finally {
    await door.close();
    await table.close();
  }
  out(`\n${summary(all)}`);
  return all;
}

/**
 * The pipelines that the tags of a plan set off, wave by wave, up to the first wave of which one fails.
 *
 * @throws Error where the plan wants another tag, or another commit, than the pipeline of the story publishes
 */
function wavesOf(plan: Plan | null, train: Train, failing: readonly Repository[]): Job[][] {
  if (plan?.kind !== 'promotion') throw new Error('Expected a plan of a promotion.');
  const waves: Job[][] = [];
  for (const { steps } of plan.waves) {
    const jobs = steps.flatMap(({ repo, tag, commit }) => {
      const made = jobsOf(
        ALL.filter((name) => name === repo),
        train,
      );
      const [job] = made;
      if (
        made.length !== 1 ||
        job === undefined ||
        tagOf(job, train) !== tag ||
        commitOf(job.repository, train) !== commit
      ) {
        throw new Error(`No pipeline of the story publishes ${tag} of ${repo} at ${commit}.`);
      }
      return made;
    });
    waves.push(jobs.filter(({ repository }) => !failing.some((name) => name === repository)));
    if (waves.at(-1)?.length !== jobs.length) break;
  }
  return waves;
}

/** @param mayFail whether a conflict is what the story wants */
function jobLines(job: Job | undefined, { exitCode, stdout, stderr }: Ran, mayFail = false): string {
  if (exitCode !== 0 && !mayFail) throw new Error(`${job?.repository} ended with ${exitCode}:\n${stdout}${stderr}`);
  const lines = `${stdout}${mayFail ? stderr : ''}`.trimEnd().split('\n');
  return lines.map((line) => `   ${(job?.repository ?? '').padEnd(20)}${line}\n`).join('');
}

function commandLines(words: readonly string[], { stdout }: Ran): string {
  return `   $ release-matrix ${words.map((word) => shellWord(word)).join(' ')}\n${stdout.trimEnd().replaceAll(/^(?=.)/gm, '     ')}\n`;
}

function verdictOf(document: unknown): string {
  const { verdict } = document as { readonly verdict: string };
  return verdict;
}

function exitLine(exitCode: number): string {
  return `     exit code ${exitCode}\n`;
}

function summary(all: readonly Asked[]): string {
  const rows = all.map(({ asked, answer, exitCode }) => [asked, answer ?? '-', String(exitCode)]);
  return `${alignedLines([['asked', 'answer', 'exit'], ...rows]).join('\n')}\n`;
}

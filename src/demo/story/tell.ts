import { alignedLines } from '../../cli/context/aligned.ts';
import { openEmbeddedTable } from '../../devserver/table/embedded-table.ts';
import { type Program, programOn, type Ran } from './program.ts';
import { type Job, jobsOf, type Train } from './repositories.ts';
import { AGAIN, STORY } from './story.ts';
import { openDoor } from './table-door.ts';

/** What a stage came to. */
export interface Gated {
  readonly release: string;
  /** The command that was asked at its end. */
  readonly asked: string;
  /** Of the gate; null where a pipeline was asked. */
  readonly verdict: string | null;
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
 * Plays a release from first alpha to stable in an embedded table: the pipelines of eight repositories, a process for
 * each job, and the gate at every stage.
 *
 * @throws Error where a pipeline fails that should not
 */
export async function tellStory({ program: file, out, now }: StoryOptions): Promise<readonly Gated[]> {
  const table = await openEmbeddedTable({ table: 'ReleaseFragments', region: 'us-east-1', data: 'rehearsal' });
  const door = await openDoor(table);
  const program = programOn(file, door.url);
  const date = new Date(now() - AGE_MS).toISOString();
  const gates: Gated[] = [];
  try {
    for (const [index, { says, train, publishes, gate, hoursLater }] of STORY.entries()) {
      out(`\n${index + 1}. ${says}\n`);
      const jobs = jobsOf(publishes, train);
      const runs = await Promise.all(jobs.map((job) => program.runJob(job, train, date)));
      for (const [at, ran] of runs.entries()) out(jobLines(jobs[at], ran));
      const later = hoursLater === undefined ? null : new Date(now() + hoursLater * HOUR_MS).toISOString();
      gates.push(await gated(program, train, gate, later, out));
    }
    for (const { says, train, publishes } of AGAIN) {
      out(`\n${says}\n`);
      for (const job of jobsOf([publishes], train)) {
        const ran = await program.runJob(job, train, date);
        out(`${jobLines(job, ran, true)}${exitLine(ran.exitCode)}`);
        gates.push({
          release: train.release,
          asked: `publish, ${publishes}`,
          verdict: null,
          exitCode: ran.exitCode,
        });
      }
    }
  } finally {
    await door.close();
    await table.close();
  }
  out(`\n${summary(gates)}`);
  return gates;
}

/** @param mayFail whether a conflict is what the story wants */
function jobLines(job: Job | undefined, { exitCode, stdout, stderr }: Ran, mayFail = false): string {
  if (exitCode !== 0 && !mayFail) throw new Error(`${job?.repository} ended with ${exitCode}:\n${stdout}${stderr}`);
  const lines = `${stdout}${mayFail ? stderr : ''}`.trimEnd().split('\n');
  return lines.map((line) => `   ${(job?.repository ?? '').padEnd(20)}${line}\n`).join('');
}

/** @param later ISO 8601: when it is asked; null: now */
async function gated(
  program: Program,
  { release }: Train,
  gate: readonly string[],
  later: string | null,
  out: (text: string) => void,
) {
  const words = ['check', release, ...gate, ...(later === null ? [] : ['--now', later])];
  const said = await program.ask(words);
  out(`   $ release-matrix ${words.join(' ')}\n`);
  const text = said.stdout.trimEnd();
  if (text !== '') out(`${text.replaceAll(/^(?=.)/gm, '     ')}\n`);
  out(exitLine(said.exitCode));
  const { verdict }: { verdict: string } = JSON.parse(said.json);
  const asked = ['check', release, ...gate, ...(later === null ? [] : ['later'])].join(' ');
  return { release, asked, verdict, exitCode: said.exitCode };
}

function exitLine(exitCode: number): string {
  return `     exit code ${exitCode}\n`;
}

function summary(gates: readonly Gated[]): string {
  const rows = gates.map(({ asked, verdict, exitCode }) => [asked, verdict ?? '-', String(exitCode)]);
  return `${alignedLines([['asked', 'verdict', 'exit'], ...rows]).join('\n')}\n`;
}

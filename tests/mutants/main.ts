import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ARGUED } from './argued.ts';
import { keptFile, openKept } from './kept.ts';
import { mutate } from './mutate.ts';
import { judgesOf, ROOMS, sourcesOf } from './rooms.ts';
import { runJudge } from './run-judge.ts';
import { type Score, scoreOf } from './score.ts';

// npm run mutants -- <room>|all [--file <path>…] [--judge <path>…] [--fresh]: changes the code of a room in many small ways, and
// says which changes no test notices. Ends with 1 where a whole room is below its target.

const say = (line: string) => process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Sources to be changed, in place of all of the room. */
    file: { type: 'string', multiple: true },
    /** Tests to be asked, in place of all of the room. */
    judge: { type: 'string', multiple: true },
    /** Take nothing from runs before. */
    fresh: { type: 'boolean', default: false },
  },
});
const [asked] = positionals;
const rooms = ROOMS.filter(({ name }) => asked === 'all' || asked === name);
if (rooms.length === 0 || positionals.length > 1) {
  process.stderr.write(
    `Usage: npm run mutants -- all|${ROOMS.map(({ name }) => name).join('|')} [--file <path>…] [--judge <path>…] [--fresh]\n`,
  );
  process.exit(2);
}

const scores: Score[] = [];
for (const room of rooms) {
  const chosen = sourcesOf(room).filter((file) => values.file?.includes(file) ?? true);
  const changed = await mutate(chosen);
  const { mutants } = changed;
  const noticedBy = new Map<string, string>();
  const kept = openKept(keptFile(room.name));
  for (const mutant of values.fresh ? [] : mutants) {
    const by = kept.noticedBy(mutant);
    if (by !== null) noticedBy.set(mutant.id, by);
  }
  if (noticedBy.size > 0) say(`${room.name}: ${noticedBy.size} of ${mutants.length} were noticed in a run before`);
  for (const judge of judgesOf(room).filter((file) => values.judge?.includes(file) ?? true)) {
    const left = mutants.map(({ id }) => id).filter((id) => !noticedBy.has(id));
    const startedAt = performance.now();
    const noticed = await runJudge(judge, changed, left).catch((error: unknown) => {
      process.exitCode = 1;
      say(`${room.name}: ${error instanceof Error ? error.message : error}`);
      return new Map<string, string>();
    });
    for (const [id, by] of noticed) noticedBy.set(id, by);
    kept.note(
      mutants.filter(({ id }) => noticed.has(id)),
      judge,
    );
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    say(`${room.name}: ${judge} noticed ${noticed.size} of ${left.length} in ${seconds} s`);
  }
  const argued = ARGUED.filter(({ file }) => chosen.includes(file));
  const score = scoreOf(room, mutants, noticedBy, argued);
  scores.push(score);
  for (const survivor of score.survivors) say(`  ${survivor}`);
  for (const one of score.argueNothing) say(`  argued, but noticed or no longer there: ${one}`);
  say(
    `${score.room}: ${percent(score.noticed, score)} noticed, ${percent(score.noticed + score.argued, score)} noticed ` +
      `or argued, of ${score.changes} changes; to be reached: ${score.target} %\n`,
  );
}
if (process.env.TEST_RESULTS !== undefined) writeFileSync(process.env.TEST_RESULTS, JSON.stringify(scores));
const isReached = ({ noticed, argued, changes, target }: Score) => (100 * (noticed + argued)) / changes >= target;
if (!scores.every((score) => isReached(score) && score.argueNothing.length === 0)) process.exitCode = 1;

function percent(some: number, { changes }: Score): string {
  // Never rounded up to a hundred.
  return `${(Math.floor((1000 * some) / changes) / 10).toFixed(1)} %`;
}

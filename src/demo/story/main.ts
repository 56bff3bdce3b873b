import { PROGRAM } from '../project.ts';
import { tellStory } from './tell.ts';

// The SDK announces which Node it will want some day.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const USAGE = `Usage: npm run story

Plays a release from its first alpha to stable and back: the simulated pipelines of eight repositories publish into an
embedded table, tests and a person vouch for it, a plan promotes it, and the gate is asked at every stage. Nothing leaves
this machine. docs/ci tells how real pipelines do the same.
`;

const given = process.argv.slice(2);
if (given.length > 0) {
  const asked = given.every((word) => ['-h', '--help'].includes(word));
  (asked ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = asked ? 0 : 2;
} else {
  await tellStory({
    program: PROGRAM,
    out: (text) => process.stdout.write(text),
    now: Date.now,
  });
}

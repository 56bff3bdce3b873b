import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellStory } from '../../src/demo/story/tell.ts';
import { builtProgram } from '../cli/built-program.ts';

let program: ReturnType<typeof builtProgram>;
beforeAll(() => {
  program = builtProgram();
});
afterAll(() => program.remove());

// A process for each of some seventy jobs and commands.
const LIMIT_MS = 240_000;

test(
  'a release from first alpha to stable and back, by eight repositories: the verdict at each stage',
  async () => {
    let said = '';
    const out = (text: string) => {
      said += text;
    };
    expect(await tellStory({ program: program.file, out, now: Date.now })).toEqual([
      { asked: 'check v1.3.0', answer: 'unknown', exitCode: 3 },
      { asked: 'check v1.4.0-alpha.1', answer: 'unknown', exitCode: 3 },
      { asked: 'check v1.4.0-alpha.1', answer: 'pass', exitCode: 0 },
      { asked: 'check v1.4.0-beta.1', answer: 'fail', exitCode: 1 },
      { asked: 'check v1.4.0-beta.1', answer: 'pass', exitCode: 0 },
      { asked: 'check v1.4.0-rc.1', answer: 'pass', exitCode: 0 },
      { asked: 'check v1.4.0-rc.1 --as stable', answer: 'fail', exitCode: 1 },
      { asked: 'check v1.4.0-rc.2 --as stable later', answer: 'fail', exitCode: 1 },
      { asked: 'check v1.4.0-rc.2 --as stable', answer: 'pass', exitCode: 0 },
      { asked: 'plan v1.4.0-rc.2 --to stable', answer: '7 left', exitCode: 0 },
      { asked: 'check v1.4.0', answer: 'unknown', exitCode: 3 },
      { asked: 'check v1.4.0 later', answer: 'fail', exitCode: 1 },
      { asked: 'plan v1.4.0-rc.2 --to stable', answer: '2 left', exitCode: 0 },
      { asked: 'plan v1.4.0-rc.2 --to stable', answer: '0 left', exitCode: 0 },
      { asked: 'check v1.4.0', answer: 'pass', exitCode: 0 },
      { asked: 'plan v1.3.0 --environment prod', answer: '2 left', exitCode: 0 },
      { asked: 'plan v1.3.0 --environment prod', answer: '0 left', exitCode: 0 },
      { asked: 'check v1.4.0', answer: 'fail', exitCode: 1 },
      { asked: 'publish, acme/orders', answer: null, exitCode: 0 },
      { asked: 'publish, acme/orders', answer: null, exitCode: 4 },
    ]);
    // Each verdict has the reason that the story gives for it, and no other.
    const stages = said.split(/^\d+\. /m).slice(1);
    const findings = stages.map((stage) => [
      ...new Set(
        [...stage.matchAll(/^ +((?:error|warning) +[a-z-]+): /gm)].map(([, found]) => found?.replace(/ +/, ' ')),
      ),
    ]);
    expect(findings).toEqual([
      ...[[], [], []],
      ['error not-ready'],
      [],
      ['warning immature-version'],
      ['error immature-version'],
      ['error evidence-missing'],
      ...[[], [], []],
      ['error missing-component', 'error evidence-stale'],
      ...[[], [], [], []],
      ['error withdrawn-release'],
    ]);
    // What the candidate was vouched for by tests and by Ada, the stable release is.
    expect(stages[14]).toContain('v1.4.0: 3 of 3 asked of a stable release');
    expect(stages[14]).toContain('emulator/ada signed it as v1.4.0-rc.2');
    expect(stages.at(-1)).toContain('acme/orders         already published  v1.4.0  backend#orders');
    expect(stages.at(-1)).toContain('acme/orders         conflict           v1.4.0  backend#orders');
  },
  LIMIT_MS,
);

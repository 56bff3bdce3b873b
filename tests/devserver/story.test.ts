import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellStory } from '../../src/demo/story/tell.ts';
import { builtProgram } from '../cli/built-program.ts';

let program: ReturnType<typeof builtProgram>;
beforeAll(() => {
  program = builtProgram();
});
afterAll(() => program.remove());

// A process for each of some fifty jobs.
const LIMIT_MS = 240_000;

test(
  'a release from first alpha to stable, by eight repositories: the verdict at each stage',
  async () => {
    let said = '';
    const out = (text: string) => {
      said += text;
    };
    expect(await tellStory({ program: program.file, out, now: Date.now })).toEqual([
      { release: 'v1.3.0', asked: 'check v1.3.0', verdict: 'unknown', exitCode: 3 },
      { release: 'v1.4.0-alpha.1', asked: 'check v1.4.0-alpha.1', verdict: 'unknown', exitCode: 3 },
      { release: 'v1.4.0-alpha.1', asked: 'check v1.4.0-alpha.1', verdict: 'pass', exitCode: 0 },
      { release: 'v1.4.0-beta.1', asked: 'check v1.4.0-beta.1', verdict: 'fail', exitCode: 1 },
      { release: 'v1.4.0-beta.1', asked: 'check v1.4.0-beta.1', verdict: 'pass', exitCode: 0 },
      { release: 'v1.4.0-rc.1', asked: 'check v1.4.0-rc.1', verdict: 'pass', exitCode: 0 },
      { release: 'v1.4.0-rc.1', asked: 'check v1.4.0-rc.1 --as stable', verdict: 'fail', exitCode: 1 },
      { release: 'v1.4.0-rc.2', asked: 'check v1.4.0-rc.2 --as stable', verdict: 'pass', exitCode: 0 },
      { release: 'v1.4.0', asked: 'check v1.4.0', verdict: 'unknown', exitCode: 3 },
      { release: 'v1.4.0', asked: 'check v1.4.0 later', verdict: 'fail', exitCode: 1 },
      { release: 'v1.4.0', asked: 'check v1.4.0', verdict: 'pass', exitCode: 0 },
      { release: 'v1.4.0', asked: 'publish, acme/orders', verdict: null, exitCode: 0 },
      { release: 'v1.4.0', asked: 'publish, acme/orders', verdict: null, exitCode: 4 },
    ]);
    // Each verdict has the reason that the story gives for it, and no other.
    const stages = said.split(/^\d+\. /m).slice(1);
    const findings = stages.map((stage) => [
      ...new Set(
        [...stage.matchAll(/^ +((?:error|warning) +[a-z-]+): /gm)].map(([, found]) => found?.replace(/ +/, ' ')),
      ),
    ]);
    expect(findings).toEqual([
      [],
      [],
      [],
      ['error not-ready'],
      [],
      ['warning immature-version'],
      ['error immature-version'],
      [],
      [],
      ['error missing-component'],
      [],
    ]);
    expect(stages.at(-1)).toContain('acme/orders         already published  v1.4.0  backend#orders');
    expect(stages.at(-1)).toContain('acme/orders         conflict           v1.4.0  backend#orders');
  },
  LIMIT_MS,
);

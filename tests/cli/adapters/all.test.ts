import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TOOLS } from '../../../src/cli/adapters/adapter-of-tool.ts';
import { AdapterFault, clippedChangelog } from '../../../src/cli/adapters/tool-output.ts';
import { releaseMatrix } from '../command.ts';
import { readText, SAMPLES } from './samples.ts';

/** What holds for every tool; what one tool prints is read in the test of its name. */

describe('every tool has its samples and their test', () => {
  test('each folder of samples is that of a tool', () => {
    // Of `reported` the samples are read in tests/cli/reported-outputs.test.ts.
    expect(readdirSync(SAMPLES).toSorted()).toEqual([...TOOLS, 'README.md', 'reported'].toSorted());
  });

  test.each(TOOLS)('%s', (tool) => {
    const source = readFileSync(new URL(`${tool}.test.ts`, import.meta.url), 'utf8');
    expect(source).toContain(`testSamples('${tool}', `);
  });
});

const JUNK = ['', '{', 'null', '7', '"x"', '[1]', '{"a":[]}', '[[]]', '<html></html>'];

test.each(TOOLS.filter((tool) => tool !== 'goreleaser'))('%s on what is no output of it', (tool) => {
  for (const text of JUNK) {
    const reading = () => {
      const { faults } = readText(tool, text, { environment: 'prod' });
      // A list none of whose parts is any good.
      throw new AdapterFault(faults?.[0]?.fault ?? 'nothing is wrong');
    };
    expect(reading, text).toThrow(AdapterFault);
    expect(reading, text).toThrow(/^expected [^\n]+$/);
  }
});

test.each(TOOLS)(
  'publish --from %s of what is no output of it: exit 2, one line that says what was expected',
  async (tool) => {
    const broken = tool === 'goreleaser' ? ['--path', SAMPLES] : ['--json', '<html>'];
    const more = ['--release', 'v1.4.0', '--type', 'backend'];
    const said = await releaseMatrix(['publish', '--from', tool, ...broken, ...more]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(new RegExp(`^--from ${tool}: expected [^\\n]+\\n$`));
  },
);

test('a changelog is cut between characters', () => {
  const clipped = clippedChangelog(`x${'é'.repeat(40_000)}`);
  expect(clipped).toMatch(/^xé+\n\n\[… cut: 80001 bytes/);
});

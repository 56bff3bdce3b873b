import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADAPTER_OF_TOOL, type Tool } from '../../../src/cli/adapters/adapter-of-tool.ts';
import {
  type Adapter,
  AdapterFault,
  type AdapterOptions,
  type AdapterReading,
} from '../../../src/cli/adapters/tool-output.ts';
import { toolOutput } from '../../../src/cli/publish/publish-files.ts';
import { readFragmentInput } from '../../../src/release/item/fragment-input.ts';

export const SAMPLES = new URL('../../fixtures/publish/', import.meta.url).pathname;

/** Of what is made up in the samples. */
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const OPTIONS: AdapterOptions = {
  component: null,
  environment: null,
  tagPattern: null,
  versions: [],
  nameOfRoot: null,
  repo: null,
  containers: [],
  environmentOfNamespace: null,
  allowedOutputs: [],
  values: null,
  excludedValues: [],
};

/** What an adapter reads from a file. */
export function read(tool: Tool, path: string, options: Partial<AdapterOptions> = {}): AdapterReading {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  return adapter.read(toolOutput(path, undefined, adapter.place), { ...OPTIONS, ...options });
}

/** What an adapter reads from text. */
export function readText(tool: Tool, text: string, options: Partial<AdapterOptions> = {}): AdapterReading {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  return adapter.read(toolOutput(undefined, text, adapter.place), { ...OPTIONS, ...options });
}

/** What an adapter reads from documents, a line each. */
export function readTexts(
  tool: Tool,
  documents: readonly unknown[],
  options?: Partial<AdapterOptions>,
): AdapterReading {
  return readText(tool, documents.map((document) => JSON.stringify(document)).join('\n'), options);
}

/** The digest that npm and pnpm give as an integrity, which is `sha512-` and base64: `sha512:` and hexadecimal digits. */
export function digestOfIntegrity(base64: string): string {
  return `sha512:${Buffer.from(base64, 'base64').toString('hex')}`;
}

interface GoodSample {
  /** Of the forms that a tool has had; tests/fixtures/publish/README.md says which version printed which. */
  readonly form: 'older' | 'newer' | 'other';
  readonly sample: string;
  readonly options?: Partial<AdapterOptions>;
  readonly drafts: readonly object[];
  readonly notices?: readonly unknown[];
  readonly faults?: readonly object[];
}

interface RefusedSample {
  /** One that begins with `../` is another tool's. */
  readonly sample: string;
  readonly options?: Partial<AdapterOptions>;
  readonly refused: RegExp;
}

/** A file, or a folder, of tests/fixtures/publish/<tool>, and what is read from it. */
export type Sample = GoodSample | RefusedSample;

/**
 * Tests that each sample of a tool is read, or refused, as it should be, that all of its folder are, and that of each
 * kind of its output, which is a list of samples, an older and a newer form is read.
 */
export function testSamples(tool: Tool, ...kinds: readonly (readonly Sample[])[]): void {
  const folder = `${SAMPLES}${tool}/`;
  const good = kinds.map((samples) => samples.filter((sample) => 'form' in sample));

  test.each(good.flat())('$sample ($form form)', ({ sample, options, drafts, notices = [], faults = [] }) => {
    const reading = read(tool, `${folder}${sample}`, options);
    expect({ ...reading, faults: reading.faults ?? [] }).toEqual({ drafts, notices, faults });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
    const adapter: Adapter = ADAPTER_OF_TOOL[tool];
    for (const { fields } of reading.drafts) {
      const whole = { release: 'v1.4.0', type: adapter.type ?? 'frontend', component: 'x', ...fields };
      expect(readFragmentInput(whole, { anyRelease: false })).toHaveProperty('input');
    }
  });

  const refused = kinds.flat().filter((sample) => 'refused' in sample);
  test.each(refused)('$sample is refused: $refused', ({ sample, options, refused: words }) => {
    const reading = () => read(tool, `${folder}${sample}`, options);
    expect(reading).toThrow(AdapterFault);
    expect(reading).toThrow(words);
  });

  test('every sample of the folder is read', () => {
    const names = new Set(kinds.flat().map(({ sample }) => sample));
    const own = [...names].filter((name) => !name.startsWith('../'));
    expect(own.toSorted()).toEqual(readdirSync(folder).toSorted());
  });

  test('of each kind an older and a newer form are read', () => {
    const forms = good.map((samples) => samples.map(({ form }) => form));
    expect(forms).toEqual(kinds.map(() => expect.arrayContaining(['older', 'newer'])));
  });
}

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADAPTER_OF_TOOL, type Tool } from '../../../src/cli/adapters/adapter-of-tool.ts';
import type { Adapter, AdapterOptions, AdapterReading } from '../../../src/cli/adapters/tool-output.ts';
import { toolOutput } from '../../../src/cli/publish-files.ts';
import { readFragmentInput } from '../../../src/release/fragment-input.ts';

export const SAMPLES = new URL('../../fixtures/publish/', import.meta.url).pathname;

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
export function readTexts(tool: Tool, documents: readonly unknown[], options: Partial<AdapterOptions> = {}) {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  const text = documents.map((document) => JSON.stringify(document)).join('\n');
  return adapter.read(toolOutput(undefined, text, adapter.place), { ...OPTIONS, ...options });
}

export interface Sample {
  /** Of the forms that a tool has had; tests/fixtures/publish/README.md says which version printed which. */
  readonly form: 'older' | 'newer' | 'other';
  readonly sample: string;
  readonly options?: Partial<AdapterOptions>;
  readonly drafts: readonly object[];
  readonly notices?: readonly unknown[];
  readonly faults?: readonly object[];
}

/** Tests that each sample of a folder is read as it should be, that all are, and that of an older and a newer form one is. */
export function testSamples(tool: Tool, folder: string, samples: readonly Sample[]): void {
  test.each(samples)('$sample ($form form)', ({ sample, options, drafts, notices = [], faults = [] }) => {
    const reading = read(tool, `${SAMPLES}${folder}/${sample}`, options);
    expect({ ...reading, faults: reading.faults ?? [] }).toEqual({ drafts, notices, faults });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
    const adapter: Adapter = ADAPTER_OF_TOOL[tool];
    for (const { fields } of reading.drafts) {
      const whole = { release: 'v1.4.0', type: adapter.type ?? 'frontend', component: 'x', ...fields };
      expect(readFragmentInput(whole, { anyRelease: false })).toHaveProperty('input');
    }
  });

  test('every sample is read, of older and newer forms', () => {
    const names = [...new Set(samples.map(({ sample }) => sample))];
    expect(names.toSorted()).toEqual(readdirSync(`${SAMPLES}${folder}`).toSorted());
    const forms = samples.map(({ form }) => form);
    expect(forms).toEqual(expect.arrayContaining(['older', 'newer']));
  });
}

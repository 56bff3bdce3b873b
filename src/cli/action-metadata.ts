import { stringify } from 'yaml';
import { actionInputs } from './action-inputs.ts';
import type { CliContext } from './context/cli-context.ts';
import { commandLine } from './run.ts';

/** The commands are only asked for their options: none is run. */
const NOWHERE: CliContext = {
  stdout: () => {},
  stderr: () => {},
  environment: {},
  now: () => '',
  patience: { elapsedMs: () => 0, pause: async () => {}, random: () => 0 },
  newId: () => '',
  git: async () => null,
  filePage: () => '',
  stop: new AbortController().signal,
  terminal: null,
};

/** The part of action.yml that is written by `npm run action`: between these keys of its top level. */
const INPUTS = /^inputs:\n[\s\S]*?^(?=outputs:)/m;

/**
 * The metadata of the action with an input for each argument and option of the command line.
 *
 * @param metadata action.yml as it is
 * @throws Error where it has no `inputs` that are followed by its `outputs`
 */
export function withInputs(metadata: string): string {
  if (!INPUTS.test(metadata)) throw new Error('action.yml: expected inputs, and outputs after them.');
  const inputs = actionInputs(commandLine(NOWHERE, () => {}));
  const declared = inputs.map(({ name, ...rest }) => [name, rest]);
  const text = stringify(
    { inputs: Object.fromEntries(declared) },
    { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  );
  return metadata.replace(INPUTS, () => `${text}\n`);
}

import { askedBy, givenInputs } from '../../src/cli/action-inputs.ts';
import { commandLine } from '../../src/cli/run.ts';
import { quietContext } from '../cli/command.ts';

const PROGRAM = commandLine(quietContext().context, () => {});

/**
 * The command line that inputs of the action ask for.
 *
 * @throws ExitError as the action does
 */
export function actionWords(inputs: Readonly<Record<string, string>>): readonly string[] {
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return askedBy(givenInputs(Object.fromEntries(variables), Object.keys(inputs)), PROGRAM).words;
}

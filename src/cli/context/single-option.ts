import { InvalidArgumentError, Option } from 'commander';

/** An option that holds one value. Given again it is refused, for the second would silently win. */
export function single(
  flags: string,
  description: string,
  parse: (value: string) => unknown = (value) => value,
): Option {
  // Commander hands over the value before, but a default as well: that one may be overridden.
  let given = false;
  return new Option(flags, description).argParser((value) => {
    if (given) throw new InvalidArgumentError('It is given twice.');
    given = true;
    return parse(value);
  });
}

/** An option that holds one of some words. */
export function among(flags: string, description: string, choices: readonly string[]): Option {
  return single(flags, `${description} (${choices.join(', ')})`, (value) => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return value;
  });
}

/** An option that may be given again. Of its own class, so that the action knows that its input holds one a line. */
export class RepeatedOption extends Option {}

/** An option that may be given again: the values in their order, each as `parse` reads it. */
export function repeated(
  flags: string,
  description: string,
  parse: (value: string) => unknown = (value) => value,
): RepeatedOption {
  return new RepeatedOption(flags, description).argParser((value, before: readonly unknown[] | undefined) => [
    ...(before ?? []),
    parse(value),
  ]);
}

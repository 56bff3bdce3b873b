import { InvalidArgumentError } from 'commander';
import { RepeatedOption } from '../context/single-option.ts';

/** What stands before the `#` of a component: readers take any, so only what could never be one is refused. */
const TYPE = /^[^\s#]+$/;

/** An option that holds types of components, `k8s` or `k8s,infra`, each once however often it is given. */
export function typesOption(flags: string, description: string): RepeatedOption {
  return new RepeatedOption(flags, `${description}, such as k8s,infra; may be repeated`).argParser(
    (value, before: readonly string[] | undefined) => [...new Set([...(before ?? []), ...readTypes(value)])],
  );
}

/** @throws InvalidArgumentError */
function readTypes(value: string): string[] {
  const types = value.split(',').map((type) => type.trim());
  if (types.every((type) => TYPE.test(type))) return types;
  throw new InvalidArgumentError('Expected types, which stand before the # of a component, such as k8s or k8s,infra.');
}

import { InvalidArgumentError } from 'commander';

/** What stands before the `#` of a component: readers take any, so only what could never be one is refused. */
const TYPE = /^[^\s#]+$/;

/**
 * Reads one `--not-yet`: `k8s`, or `k8s,infra`.
 *
 * @param before of the same option given before
 * @returns each type once
 * @throws InvalidArgumentError
 */
export function collectTypes(value: string, before: readonly string[] | undefined): readonly string[] {
  const types = value.split(',').map((type) => type.trim());
  if (!types.every((type) => TYPE.test(type))) {
    throw new InvalidArgumentError(
      'Expected types, which stand before the # of a component, such as k8s or k8s,infra.',
    );
  }
  return [...new Set([...(before ?? []), ...types])];
}

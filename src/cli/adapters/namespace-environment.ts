import { AdapterFault, type AdapterOptions } from './tool-output.ts';

/**
 * The environment of what runs in a namespace: the given one, or by `--environment-from namespace` that which the map
 * says, or without a map the namespace itself.
 *
 * @returns undefined: none is given; null: the map does not hold the namespace, so it is nobody's environment
 * @throws AdapterFault where the namespace is asked for and not there
 */
export function environmentIn(
  namespace: string | undefined,
  { environment, environmentOfNamespace: map }: AdapterOptions,
): string | null | undefined {
  if (map === null) return environment ?? undefined;
  if (namespace === undefined) {
    throw new AdapterFault('expected a namespace, by which --environment-from names the environment; there is none');
  }
  return map.size === 0 ? namespace : (map.get(namespace) ?? null);
}

/** What is said of namespaces that the map does not hold. */
export function namespacesLeftOut(namespaces: readonly (string | undefined)[]): string[] {
  const names = [...new Set(namespaces)].toSorted().join(', ');
  return names === '' ? [] : [`Left out, as --environment-map does not name their namespaces: what runs in ${names}.`];
}

import { compareText } from '../release.ts';
import type { Check } from '../release-view.ts';

/**
 * Components of one type in the release whose names are equal but for case, `-`, `_` and `.`. One finding per group,
 * on the first by code point.
 */
export const nearDuplicateName: Check<'near-duplicate-name'> = ({ estate, row, roster }) =>
  estate.lookAlikes.flatMap((group) => {
    const components = group
      .filter((column) => estate.matrix.entries[row]?.[column])
      .flatMap((column) => estate.matrix.components[column]?.id ?? [])
      .filter((component) => !roster.ignores(component))
      .sort(compareText);
    const [first] = components;
    return first === undefined || components.length < 2
      ? []
      : [{ component: first, environment: null, details: { components } }];
  });

import { compareText } from '../item/release.ts';
import type { Check, CheckedRelease } from '../matrix/checked-release.ts';

/**
 * Names that only look alike: components of one type whose names are equal but for case, `-`, `_` and `.`, both in the
 * release, or one that came in the place of the other; and releases whose keys spell one version.
 */
export const nearDuplicateName: Check<'near-duplicate-name'> = {
  scope: { asks: 'release', elsewhere: ['spellings'] },
  look: (checked) => [...bothThere(checked), ...renamed(checked), ...spellings(checked)],
};

function bothThere({ estate, row, roster }: CheckedRelease) {
  return estate.lookAlikes.flatMap((group) => {
    const components = group
      .filter((column) => estate.matrix.entries[row]?.[column])
      .flatMap((column) => estate.matrix.components[column]?.id ?? [])
      .filter((component) => !roster.ignores(component))
      .sort(compareText);
    const [first] = components;
    if (first === undefined || components.length < 2) return [];
    return [{ component: first, environment: null, details: { components } }];
  });
}

function renamed({ estate, roster }: CheckedRelease) {
  return roster.absent.flatMap(({ component, cameAs }) => {
    const to = cameAs === null ? undefined : estate.matrix.components[cameAs]?.id;
    if (to === undefined) return [];
    const [first = component] = [component, to].sort(compareText);
    return [{ component: first, environment: null, details: { renamed: { from: component, to } } }];
  });
}

/** Each has half of the fragments, and neither is whole. */
function spellings({ estate, row, release }: CheckedRelease) {
  const rows = estate.twins.get(release.version ?? '') ?? [];
  const others = rows.filter((other) => other !== row && holdsSomething(estate.matrix.entries[other]));
  if (others.length === 0) return [];
  const tags = [release.tag, ...others.flatMap((other) => estate.matrix.releases[other]?.tag ?? [])];
  return [{ component: null, environment: null, details: { spellings: tags } }];
}

function holdsSomething(cells: readonly unknown[] | undefined): boolean {
  return cells?.some((cell) => cell !== null) === true;
}

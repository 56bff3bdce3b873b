import { parseVersion } from '../../release/item/parse-semver.ts';
import { semverOfPep440 } from '../../release/item/pep440.ts';

/** How versions are written. */
export const VERSION_SCHEMES = ['semver', 'pep440'] as const;
export type VersionScheme = (typeof VERSION_SCHEMES)[number];

export interface TagReading {
  /** Null: the tag names none, as `v1.4.0`. */
  readonly component: string | null;
  /** SemVer without `v`. */
  readonly version: string;
}

/**
 * Reads a tag. Without a pattern the usual forms are tried: `v1.2.3`, `@scope/name@1.2.3`, `name@1.2.3`,
 * `crate-v1.2.3`, `chart-1.2.3`, `services/foo/v1.2.3`; the word of `release-1.2.3` names nothing. A tag that can be read
 * in two ways is refused.
 *
 * @param pattern such as `{component}@{version}` or `services/{component}/v{version}`; null: the usual forms
 */
export function readTag(
  tag: string,
  pattern: string | null,
  scheme: VersionScheme = 'semver',
): TagReading | { readonly fault: string } {
  const found = pattern === null ? usualReadings(tag, scheme) : patternReadings(tag, pattern, scheme);
  const distinct = [...new Map(found.map((one) => [`${one.component}\n${one.version}`, one])).values()];
  const [only, other] = distinct;
  if (only === undefined) {
    const expected = pattern ?? '{component}@{version}, {component}-v{version}, {component}/v{version} or v{version}';
    return { fault: `is not a tag of the form ${expected}` };
  }
  if (other === undefined) return only;
  const ways = distinct.map(({ component, version }) => `${component ?? 'no component'} in ${version}`);
  return { fault: `can be read as ${ways.join(' or as ')}; say which by --tag-pattern` };
}

/** Words before a version that say what a tag is, not what was released: `release-1.4.0`, `release/v1.4.0`. */
const NO_NAMES = /^(?:v|ver|version|rel|release|releases|tag|tags|hotfix|stable)$/i;

function usualReadings(tag: string, scheme: VersionScheme): TagReading[] {
  const whole = versionOf(tag.replace(/^v(?=\d)/, ''), scheme);
  if (whole !== null) return [{ component: null, version: whole }];
  return [...tag.matchAll(/[@/-]/g)].flatMap(({ index }) => {
    const component = tag.slice(0, index);
    const version = versionOf(tag.slice(index + 1).replace(/^v(?=\d)/, ''), scheme);
    // A name without a letter is a part of a version.
    if (version === null || !/[A-Za-z]/.test(component)) return [];
    return [{ component: NO_NAMES.test(component) ? null : component, version }];
  });
}

function patternReadings(tag: string, pattern: string, scheme: VersionScheme): TagReading[] {
  // Text and names by turns: `services/{component}/v{version}` is 'services/', component, '/v', version, ''.
  const parts = pattern.split(/\{(component|version)\}/);
  const names = parts.filter((_, index) => index % 2 === 1);
  if (!['version', 'component version'].includes(names.toSorted().join(' '))) return [];
  const [before, after] = [parts[0] ?? '', parts.at(-1) ?? ''];
  if (!tag.startsWith(before) || !tag.slice(before.length).endsWith(after)) return [];
  const named = tag.slice(before.length, tag.length - after.length);
  if (names.length === 1) return reading(null, named, scheme);
  return splits(named, parts[2] ?? '').flatMap(([first, second]) =>
    names[0] === 'component' ? reading(first, second, scheme) : reading(second, first, scheme),
  );
}

function reading(component: string | null, text: string, scheme: VersionScheme): TagReading[] {
  const version = versionOf(text, scheme);
  return version === null || component === '' ? [] : [{ component, version }];
}

/** Every way to part a text at a separator. */
function splits(text: string, separator: string): [string, string][] {
  return Array.from({ length: text.length + 1 }, (_, at) => at).flatMap((at): [string, string][] =>
    text.startsWith(separator, at) ? [[text.slice(0, at), text.slice(at + separator.length)]] : [],
  );
}

/** SemVer without `v`, or null for what is no version of the scheme. */
export function versionOf(text: string, scheme: VersionScheme): string | null {
  if (scheme === 'pep440') {
    const read = semverOfPep440(text);
    return 'version' in read ? read.version : null;
  }
  return /^\d/.test(text) && parseVersion(text) !== null ? text : null;
}

import type { WeighedStage } from '../item/release.ts';
import { readVersion, sameVersion, withoutV } from '../item/version.ts';
import { shownText } from '../text/hidden-characters.ts';

/** The number of a pre-release: `rc.2` has 2. Null for a stable one. */
export type StageNumber = number | null;

/**
 * A version of the same numbers at another stage, spelt as the first: `1.4.0-rc.2` → `1.4.0`, `1.4.0-beta.3` →
 * `1.4.0-rc.1`, `v1.4-beta3` → `v1.4-rc1`, and in Python's way `1.4.0b3` → `1.4.0rc1`. Build metadata is left out: it was
 * of the build before.
 */
export function atStage(version: string, stage: WeighedStage, number: StageNumber): string {
  const head = /^v?\d+(?:\.\d+)*/i.exec(version)?.[0] ?? version;
  if (stage === 'stable') return head;
  const [, before = '-', word = '', between = '.', digits = ''] =
    /^([-_.~]?)([a-z]+)([-_.]?)(\d*)/i.exec(version.slice(head.length)) ?? [];
  const short = before === '' && word.length === 1 && stage !== 'rc';
  return `${head}${before}${short ? stage.slice(0, 1) : stage}${digits === '' ? '.' : between}${number ?? 1}`;
}

/** The number behind the word of a pre-release; null where it has none, or is none. */
export function stageNumber(version: string): StageNumber {
  const last = readVersion(version)?.parts.at(-1);
  return typeof last === 'number' ? last : null;
}

/** Where a tag holds a version, and whose: the release's, or one of the component's own. */
export interface TagForm {
  readonly before: string;
  readonly version: string;
  readonly after: string;
  readonly of: 'release' | 'component';
}

/** Places at which a version may begin: at the start of the tag or behind a separator, with or without a `v`. */
const BEGINNING = /(?<=^|[@/_-])v?(?=\d)/gi;

/**
 * Reads the form of a tag: `orders/v1.4.0-rc.1` is `orders/v`, a version, and nothing behind it.
 *
 * @param release the key of the release that it was made for
 * @param own the component's own version, where it says one
 * @returns null where it holds no version, or nobody can say which of several
 */
export function readTagForm(tag: string, release: string, own: string | null): TagForm | null {
  const found = [...tag.matchAll(BEGINNING)].flatMap(({ 0: v, index }) => {
    const version = tag.slice(index + v.length);
    return readVersion(version) === null ? [] : [{ before: tag.slice(0, index + v.length), version, after: '' }];
  });
  const ofRelease = found.find(({ version }) => sameVersion(version, release));
  if (ofRelease !== undefined) return { ...ofRelease, of: 'release' };
  const ofOwn = own === null ? undefined : found.find(({ version }) => sameVersion(version, own));
  if (ofOwn !== undefined) return { ...ofOwn, of: 'component' };
  const within =
    holding(tag, withoutV(release.trim()), 'release') ??
    (own === null ? null : holding(tag, withoutV(own), 'component'));
  if (within !== null) return within;
  // A version that nothing else says. A single number may as well be a part of a name.
  const dotted = found.filter(({ version }) => /^\d+\.\d/.test(version));
  const [only, other] = dotted;
  return only === undefined || other !== undefined ? null : { ...only, of: 'component' };
}

/** A version that has more behind it: `v1.4.0-rc.2/orders`. */
function holding(tag: string, version: string, of: TagForm['of']): TagForm | null {
  const [before, after, more] = tag.split(version);
  if (before === undefined || after === undefined || more !== undefined || version === '') return null;
  if (/[a-z0-9.]$/i.test(before.replace(/(?<![a-z])v$/i, '')) || /^[a-z0-9+]|^\.\d/i.test(after)) return null;
  return { before, version, after, of };
}

/** What a form that somebody writes may hold. */
const PLACEHOLDER = /\{(\w+)\}/g;
const PLACEHOLDERS: ReadonlySet<string> = new Set(['component', 'version', 'release']);

/** A form of tags, and for which components it is. */
export interface WrittenTagForm {
  readonly matches: (component: string) => boolean;
  /** With `{component}`, `{version}`, `{release}`. */
  readonly form: string;
}

/** Why a written form is none; null: it is one. */
export function faultOfForm(form: string): string | null {
  const names = [...form.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
  if (names.some((name) => !PLACEHOLDERS.has(name)) || !names.some((name) => name !== 'component')) {
    return 'Expected a form with {version} or {release}, and {component} where it names one, such as {component}@{version}.';
  }
  return null;
}

/** A tag of a written form. */
export function fillForm(form: string, values: Readonly<Record<string, string>>): string {
  return form.replace(PLACEHOLDER, (written, name: string) => values[name] ?? written);
}

/**
 * Whether git takes a text as the name of a tag, as `git check-ref-format refs/tags/…` judges it. One that begins with a
 * `-`, which `git tag` refuses, or that holds what nobody sees, is none either.
 * Source: https://git-scm.com/docs/git-check-ref-format
 */
export function isGitTag(tag: string): boolean {
  if (tag === '' || tag === '@' || tag.startsWith('-') || tag.endsWith('.') || shownText(tag) !== tag) return false;
  if (/[ ~^:?*[\\]|\.\.|@\{/.test(tag)) return false;
  return tag.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

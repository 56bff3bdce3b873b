import type { Component } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { isCommitTag, isTagOf } from '../item/version.ts';
import { repositoryOf } from '../matrix/image-owner.ts';
import type { Report } from '../report/report.ts';
import { onceFor } from '../text/once-for.ts';
import type { ChangeQuery, ImageQuery } from './change-query.ts';

/** What was published of a component in any release. */
export function fragmentsOf({ rows }: Report, column: number): Fragment[] {
  return rows.flatMap(({ cells }) => cells[column]?.entries ?? []);
}

/**
 * The columns of which a query speaks.
 *
 * @returns null where it speaks of no component in particular; empty where none is called so
 */
export function meantColumns(report: Report, query: ChangeQuery): ReadonlySet<number> | null {
  switch (query.kind) {
    case 'image':
      return ofImage(report, query.repository);
    case 'component':
      return called(report, query.name);
    case 'request':
    case 'version':
      return query.repo == null ? null : ofRepository(report, query.repo);
    default:
      return null;
  }
}

/** Whether a fragment is of a repository; forges do not tell letters apart by case. */
export function isOfRepository({ fields }: Fragment, repo: string): boolean {
  return fields.repo?.toLowerCase() === repo.toLowerCase();
}

function ofRepository(report: Report, repo: string): ReadonlySet<number> {
  return columnsWhere(report, (_, fragments) => fragments().some((fragment) => isOfRepository(fragment, repo)));
}

/** Those of the very repository; else of one that ends as it does, as a mirror's; else what is called as the image. */
function ofImage(report: Report, repository: string): ReadonlySet<number> {
  const shortName = repository.slice(repository.lastIndexOf('/') + 1);
  const known = repositories(report);
  const has = (is: (known: string) => boolean) => new Set(known.flatMap((of, column) => (of.some(is) ? [column] : [])));
  return firstOf(
    () => has((of) => of === repository),
    () => has((of) => isSameEnd(of, repository)),
    () => columnsWhere(report, ({ name }) => name === shortName),
  );
}

/** Those that each column's images are in. */
const repositories = onceFor((report: Report): readonly (readonly string[])[] =>
  report.components.map((_, column) => {
    const all = fragmentsOf(report, column).map((fragment) => repositoryOf(imageField(fragment)) ?? '');
    return [...new Set(all)].filter(Boolean);
  }),
);

/** By id or name; by the name of its package; by that without its namespace; by part of its id. */
function called(report: Report, name: string): ReadonlySet<number> {
  const word = name.toLowerCase();
  const last = word.slice(word.lastIndexOf('/') + 1);
  const isCalled = (of: string) =>
    columnsWhere(report, (one) => [one.id, one.name].some((is) => is.toLowerCase() === of));
  const isPackage = ({ fields: { artifact } }: Fragment) => artifact?.toLowerCase().startsWith(`${word}@`) === true;
  return firstOf(
    () => isCalled(word),
    () => columnsWhere(report, (_, fragments) => fragments().some(isPackage)),
    () => isCalled(last),
    () => columnsWhere(report, ({ id }) => id.toLowerCase().includes(word)),
  );
}

function columnsWhere(
  report: Report,
  is: (component: Component, fragments: () => readonly Fragment[]) => boolean,
): ReadonlySet<number> {
  const columns = report.components.flatMap((component, column) =>
    is(component, () => fragmentsOf(report, column)) ? [column] : [],
  );
  return new Set(columns);
}

function firstOf(...ways: readonly (() => ReadonlySet<number>)[]): ReadonlySet<number> {
  for (const way of ways) {
    const found = way();
    if (found.size > 0) return found;
  }
  return new Set();
}

/** The fragments of a component that say an image; null: they say none of its repository. */
export function withImage(fragments: readonly Fragment[], { repository, tag }: ImageQuery): readonly Fragment[] | null {
  const said = fragments.flatMap((fragment) => {
    const image = parseImage(imageField(fragment) ?? '');
    return image !== null && isSameEnd(image.repository, repository) ? [{ fragment, image }] : [];
  });
  if (said.length === 0) return null;
  const isIt = ({ fragment, image }: (typeof said)[number]) =>
    tag === null ||
    isTagOf(tag, image.tag ?? fragment.ownVersion) ||
    (fragment.type !== 'k8s' && isCommitTag(tag, fragment.fields.commit));
  return said.filter(isIt).map(({ fragment }) => fragment);
}

/** What a fragment runs or published: of the latter, not all are images. */
function imageField({ type, fields }: Fragment): string | undefined {
  return type === 'k8s' ? fields.imageRef : fields.artifact;
}

/** Whether one repository is the other, or ends as it: `ghcr.io/acme/api` and `acme/api`. */
function isSameEnd(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

import type { Content, Covered } from '../item/evidence.ts';
import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { type PresentCell, sameCommit } from '../matrix/checked-release.ts';

/** The content of a fragment: its commit; else its digest; else its own version. */
export function contentOf({ fields: { commit, digest, artifact }, ownVersion }: Fragment): Content {
  if (commit !== undefined) return { kind: 'commit', text: commit };
  const built = digest ?? (artifact === undefined ? null : parseImage(artifact)?.digest);
  if (built) return { kind: 'digest', text: built };
  return { kind: 'version', text: ownVersion };
}

/** Of fewer digits a commit equals no longer one: the next commit may begin likewise. */
const FEWEST_DIGITS = 7;

/** Whether two are the same content. One kind says nothing of another: those differ. */
export function sameContent(a: Content, b: Content): boolean {
  if (a.kind !== b.kind) return false;
  if (a.text.toLowerCase() === b.text.toLowerCase()) return a.kind !== 'version' || a.text === b.text;
  const digits = Math.min(a.text.length, b.text.length);
  return a.kind === 'commit' && digits >= FEWEST_DIGITS && sameCommit(a.text, b.text);
}

/** What there is of a release to be checked: of each built component that it holds or carries over, its content. */
export function contentsOf(cells: readonly PresentCell[]): Covered[] {
  return cells.flatMap(({ type, component, fragments: [fragment] }) =>
    type === 'k8s' || fragment === undefined ? [] : [{ component, content: contentOf(fragment) }],
  );
}

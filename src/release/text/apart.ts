/** What one list has and the other has not. */
export interface Apart<T> {
  readonly gone: readonly T[];
  readonly come: readonly T[];
}

/** How far a stretch that was put in or taken out is looked past: a release of a few hundred fragments comes at once. */
const LOOK_AHEAD = 512;

/**
 * How two lists of objects differ, by identity; each object is in a list once. Made for lists that are long and almost
 * the same: one look at each place, and none at what stands there.
 *
 * @param most how many differences are looked for; null is returned where there are more
 */
export function apart<T>(before: readonly T[], after: readonly T[], most: number): Apart<T> | null {
  const gone: T[] = [];
  const come: T[] = [];
  if (before === after) return { gone, come };
  let [old, now] = [0, 0];
  for (;;) {
    // Nearly all of the work: a loop of its own, for nothing else to be in its way.
    const shared = samePlaces(before, after, old, now);
    old += shared;
    now += shared;
    if (old >= before.length || now >= after.length) break;
    if (gone.length + come.length > most) return null;
    const replaced = before[old + 1] === after[now + 1];
    const putIn = replaced ? 0 : stretch(after, now, before[old]);
    const takenOut = replaced || putIn > 0 ? 0 : stretch(before, old, after[now]);
    const both = putIn === 0 && takenOut === 0 ? 1 : 0;
    come.push(...after.slice(now, now + putIn + both));
    gone.push(...before.slice(old, old + takenOut + both));
    now += putIn + both;
    old += takenOut + both;
  }
  if (gone.length + come.length + before.length - old + after.length - now > most) return null;
  for (const each of before.slice(old)) gone.push(each);
  for (const each of after.slice(now)) come.push(each);
  if (gone.length === 0 || come.length === 0) return { gone, come };
  // What has only moved is in both.
  const [left, right] = [new Set(gone), new Set(come)];
  return { gone: gone.filter((each) => !right.has(each)), come: come.filter((each) => !left.has(each)) };
}

/** How many places are the same, from one of each on. */
function samePlaces<T>(before: readonly T[], after: readonly T[], old: number, now: number): number {
  const most = Math.min(before.length - old, after.length - now);
  for (let at = 0; at < most; at++) if (before[old + at] !== after[now + at]) return at;
  return most;
}

/** How far behind a place something stands; 0: not near. */
function stretch<T>(list: readonly T[], from: number, wanted: T | undefined): number {
  const end = Math.min(list.length, from + LOOK_AHEAD);
  for (let at = from + 1; at < end; at++) if (list[at] === wanted) return at - from;
  return 0;
}

/** In place of a view whose program, or whose first answer, is on its way. */
export function ViewLoads() {
  return <p className="p-4 text-base text-dim">Opening…</p>;
}

const LAST_RELOAD = 'release-matrix:reloaded-at';
/** A second reload this soon would be the same failure again; then the person decides. Milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Reloads the page because the local server no longer knows its token, which a fresh page brings along. At most once
 * a minute: a server that refuses fresh tokens too must not make the page flicker for ever.
 *
 * @param now milliseconds since 1970
 * @returns whether it reloads
 */
export function reloadOnce(storage: Storage, now: number, reload: () => void): boolean {
  try {
    const last = Number(storage.getItem(LAST_RELOAD) ?? 0);
    if (Math.abs(now - last) < PATIENCE_MS) return false;
    storage.setItem(LAST_RELOAD, String(now));
  } catch {
    return false; // no storage, no memory of the last time
  }
  reload();
  return true;
}

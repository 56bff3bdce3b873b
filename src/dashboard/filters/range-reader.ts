import { useEffect, useState } from 'react';
import { laterPart } from '../../live/server-secret.ts';

/** What SemVer ranges are read by. */
const policyTerms = laterPart(() => import('../../release/policy/policy-terms.ts'));
type RangeReader = typeof import('../../release/policy/policy-terms.ts').rangeOf;

/** An operator, a hyphen between spaces, or an `x` in place of a number. Bare `1.4` and `rc` are text. */
const RANGE_SIGN = /[~^<>=|*]|\s-\s|\.x(?![a-z0-9])/i;

let reader: RangeReader | null = null;

export function isRange(text: string): boolean {
  return RANGE_SIGN.test(text.trim());
}

/** Null as long as nobody has written a range, and where it could not be fetched. */
export function rangeReader(): RangeReader | null {
  return reader;
}

/** Fetches it, once: the library of ranges is a part of the page that most visits do without. */
export async function fetchRangeReader(): Promise<void> {
  reader ??= (await policyTerms()).rangeOf;
}

/**
 * What of the version filter is to be applied: what is written, as soon as it can be read. Till then what was applied
 * before it stays, so that nothing flashes up; null: there was nothing before.
 */
export function useReadableVersion(written: string): string | null {
  const readable = reader !== null || !isRange(written);
  const [applied, setApplied] = useState(readable ? written : null);
  if (readable && applied !== written) setApplied(written);
  useEffect(() => {
    if (readable) return;
    let wanted = true;
    const apply = () => {
      if (wanted) setApplied(written);
    };
    // Where it cannot be fetched, the filter says so.
    fetchRangeReader().then(apply, apply);
    return () => {
      wanted = false;
    };
  }, [readable, written]);
  return readable ? written : applied;
}

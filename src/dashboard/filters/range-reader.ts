import { useEffect, useState } from 'react';
import { laterPart } from '../../live/server-secret.ts';
import { fetchRangeReader, isRange, rangeReader } from '../../views/filters/range-reader.ts';

const policyTerms = laterPart(() => import('../../release/policy/policy-terms.ts'));

/**
 * What of the version filter is to be applied: what is written, as soon as it can be read. Till then what was applied
 * before it stays, so that nothing flashes up; null: there was nothing before.
 */
export function useReadableVersion(written: string): string | null {
  const readable = rangeReader() !== null || !isRange(written);
  const [applied, setApplied] = useState(readable ? written : null);
  if (readable && applied !== written) setApplied(written);
  useEffect(() => {
    if (readable) return;
    let wanted = true;
    const apply = () => {
      if (wanted) setApplied(written);
    };
    // Where it cannot be fetched, the filter says so.
    fetchRangeReader(policyTerms).then(apply, apply);
    return () => {
      wanted = false;
    };
  }, [readable, written]);
  return readable ? written : applied;
}

import { useEffect, useRef, useState } from 'react';

/** How long typing rests before the filter is applied, milliseconds: below it the matrix would redraw at each key. */
const REST_MS = 150;

/**
 * Holds what is being typed until the typing rests. This is no copy of the view state: a draft exists only between a
 * key and its hand-over (then the URL alone says what the box holds), and is dropped when the URL changes meanwhile.
 */
export function useRestingDraft(value: string, onChange: (value: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const [drawnValue, setDrawnValue] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });
  if (value !== drawnValue) {
    setDrawnValue(value);
    setDraft(null);
  }
  // The timer of a draft that was dropped must not bring it back: Back, then the old text again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the value changes, whatever it is
  useEffect(() => () => clearTimeout(timer.current), [value]);

  const applyNow = (text: string) => {
    clearTimeout(timer.current);
    setDraft(null);
    if (text !== latest.current.value) latest.current.onChange(text);
  };
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => applyNow(text), REST_MS);
  };
  return { shown: draft ?? value, type, applyNow };
}

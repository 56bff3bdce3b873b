import { messageOf } from './exit-codes.ts';
import { jsonStream } from './json-stream.ts';

/** One value of an input of many, or why it cannot be had. */
export interface PlacedValue {
  /** `line 3`, `element 3`. */
  readonly place: string;
  readonly value: unknown;
  /** Why there is no value; null: there is one. */
  readonly fault: string | null;
}

/**
 * Reads many values: a JSON array, one JSON object, NDJSON (one a line), or documents one after the other. A line that
 * is not JSON costs its neighbours nothing.
 */
export function manyValues(text: string): PlacedValue[] {
  const whole = text.replace(/^\ufeff/, '');
  const document = parsed(whole);
  if ('value' in document) {
    if (!Array.isArray(document.value)) return [{ place: 'line 1', value: document.value, fault: null }];
    return document.value.map((value, index) => ({ place: `element ${index + 1}`, value, fault: null }));
  }
  if (whole.trimStart().startsWith('[')) {
    return [{ place: 'the array', value: null, fault: `is not JSON: ${document.fault}` }];
  }
  const lines = whole.split('\n').flatMap((line, index): PlacedValue[] => {
    if (line.trim() === '') return [];
    const place = `line ${index + 1}`;
    const one = parsed(line);
    return 'value' in one
      ? [{ place, value: one.value, fault: null }]
      : [{ place, value: null, fault: `is not JSON: ${one.fault}` }];
  });
  if (lines.every(({ fault }) => fault === null)) return lines;
  // Documents over many lines, as jq prints them, or two of them on one.
  const stream = jsonStream(whole);
  if ('fault' in stream) return lines;
  return stream.documents.map((value, index) => ({ place: `document ${index + 1}`, value, fault: null }));
}

function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

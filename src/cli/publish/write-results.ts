import canonicalize from 'canonicalize';
import type { ContentDifference } from '../../release/item/fragment-content.ts';
import type { PlainValue } from '../../release/item/item.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import type { EntryOutcome, WriteEntry } from './write-entries.ts';

/** An input that was not even tried. */
export interface InvalidInput {
  readonly place: string;
  readonly faults: readonly string[];
}

const WORDS = {
  published: 'published',
  'already-published': 'already published',
  'observed-again': 'observed again',
  replaced: 'replaced',
  conflict: 'conflict',
  failed: 'failed',
  'not-tried': 'not tried',
} satisfies Record<EntryOutcome['outcome'], string>;

/** Longest value shown in a comparison. */
const MAX_SHOWN = 200;

/** A line for each fragment: results, for standard output. */
export function outcomeLines(entries: readonly WriteEntry[], outcomes: readonly EntryOutcome[]): string {
  return logLines(
    entries.map(({ release, key }, index) => {
      const word = WORDS[outcomes[index]?.outcome ?? 'not-tried'];
      return `${word.padEnd(17)}  ${printableName(release)}  ${printableName(key)}`;
    }),
  );
}

/** What stands behind the results, for standard error: invalid inputs, both sides of conflicts, faults. */
export function detailLines(
  entries: readonly WriteEntry[],
  outcomes: readonly EntryOutcome[],
  invalid: readonly InvalidInput[],
): string {
  const lines = [
    ...invalid.flatMap(({ place, faults }) => faults.map((fault) => `${place}: ${fault}`)),
    ...entries.flatMap(({ place, release, key }, index) => {
      const said = outcomes[index];
      if (said?.outcome === 'failed') return [`${place}: ${release} ${key} failed: ${said.fault.message}`];
      if (said?.outcome !== 'conflict') return [];
      return [
        `${place}: ${release} ${key} is published already, and says something else. --replace would replace it.`,
        ...said.differences.map(
          ({ name, stored, offered }) => `  ${name}: published ${shown(stored)}, offered ${shown(offered)}`,
        ),
      ];
    }),
  ];
  return logLines(lines.map(printable));
}

function shown(value: PlainValue): string {
  if (value === null) return 'nothing';
  const text = canonicalize(value) ?? '';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
}

/** The same as one JSON object, for programs. */
export function outcomeJson(
  entries: readonly WriteEntry[],
  outcomes: readonly EntryOutcome[],
  invalid: readonly InvalidInput[],
  saved: string | null,
): string {
  const results = entries.map(({ place, release, key }, index) => {
    const said = outcomes[index] ?? { outcome: 'not-tried' as const };
    return {
      place,
      release,
      key,
      outcome: said.outcome,
      ...('differences' in said ? { differences: said.differences satisfies readonly ContentDifference[] } : {}),
      ...('fault' in said ? { fault: said.fault.code, message: said.fault.message } : {}),
    };
  });
  const refused = invalid.map(({ place, faults }) => ({ place, outcome: 'invalid', faults }));
  return jsonText({ schema: 1, results: [...results, ...refused], saved });
}

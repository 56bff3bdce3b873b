import { clsx } from 'clsx';
import { useContext } from 'react';
import type { EvidenceLine, EvidenceSaid } from '../../release/evidence/judge-evidence.ts';
import type { EvidenceDifference } from '../../release/finding/finding.ts';
import type { TestCounts } from '../../release/item/evidence.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CopyButton } from './CopyButton.tsx';
import { dayWords, moment } from './moment.ts';
import { SafeLink } from './SafeLink.tsx';
import { TableCommandsContext } from './table-command.ts';
import { VisibleLabel, VisibleText } from './VisibleText.tsx';

interface EvidenceListProps {
  /** Tag of the release that is looked at. */
  readonly release: string;
  readonly evidence: readonly EvidenceLine[];
}

const LOOKS = {
  held: { glyph: '✓', word: 'holds', ink: 'text-good' },
  failed: { glyph: '✕', word: 'failed', ink: 'text-error' },
  stale: { glyph: '≠', word: 'stale', ink: 'text-warning' },
  missing: { glyph: '◌', word: 'missing', ink: 'text-dim' },
} satisfies Record<EvidenceLine['state'], { readonly glyph: string; readonly word: string; readonly ink: string }>;

/** What was checked, by whom, and whether it holds for what the release is now. */
export function EvidenceList({ release, evidence }: EvidenceListProps) {
  return (
    <ul aria-label="Evidence" className="m-0 list-none p-0">
      {evidence.map((line) => (
        <Line key={`${line.name} ${line.of} ${line.byPerson} ${line.asked}`} line={line} release={release} />
      ))}
    </ul>
  );
}

function Line({ line, release }: { readonly line: EvidenceLine; readonly release: string }) {
  const { name, of, asked, byPerson, minimum, have, state, said } = line;
  const { glyph, word, ink } = LOOKS[state];
  return (
    <li className="grid grid-cols-[1rem_15rem_minmax(0,1fr)] items-baseline gap-x-2 border-t border-rule py-1 first:border-t-0 max-sm:grid-cols-[1rem_minmax(0,1fr)]">
      <span aria-hidden="true" className={clsx('text-center font-semibold', ink)}>
        {glyph}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className={clsx('font-medium', state !== 'held' && ink)}>{shownText(name)}</span>
        {of !== null && (
          <span className="text-dim">
            {' of '}
            <VisibleLabel text={of.slice(of.indexOf('#') + 1)} limit={60} />
          </span>
        )}
        <span className={state === 'held' ? 'sr-only' : ink}>{` ${word}`}</span>
        {byPerson && minimum > 1 && <span className="text-dim tabular-nums">{` ${have} of ${minimum} signed`}</span>}
        {!asked && <span className="text-dim"> not asked for</span>}
      </span>
      <span className="min-w-0 text-dim max-sm:col-start-2">
        {said.length === 0 && (byPerson ? 'A person must sign it.' : 'No evidence yet.')}
        {asked && state !== 'held' && <Say line={line} release={release} />}
        {said.map((one) => (
          <Said key={`${one.by} ${one.at}`} said={one} release={release} />
        ))}
      </span>
    </li>
  );
}

/** The command by which it can be said, to be copied. */
function Say({ line: { name, of, byPerson }, release }: { readonly line: EvidenceLine; readonly release: string }) {
  const commands = useContext(TableCommandsContext);
  if (commands === null || commands.isInside) return null;
  const words = byPerson
    ? ['sign', release, name]
    : ['attest', release, name, '--junit', 'reports/**/*.xml', ...(of === null ? [] : ['--component', of])];
  return (
    <span className="ml-1 inline-block align-middle">
      <CopyButton text={commands.of(words)} what={`command that says it: ${words.slice(0, 3).join(' ')}`} />
    </span>
  );
}

function Said({ said, release }: { readonly said: EvidenceSaid; readonly release: string }) {
  const { result, by, at, counts, environment, link, run, note, differences } = said;
  const address = link ?? run;
  return (
    <span className="block [overflow-wrap:anywhere]">
      <span className="text-ink">
        {by === null ? (result === 'pass' ? 'passed' : 'failed') : result === 'pass' ? 'signed by ' : 'rejected by '}
        {by !== null && <VisibleLabel text={by} limit={80} />}
      </span>
      <span title={shownText(`${moment(at)} UTC`)}>{shownText(`, ${dayWords(at)}`)}</span>
      {counts !== null && shownText(`, ${countsWords(counts)}`)}
      {environment !== null && (
        <>
          {', in '}
          <VisibleLabel text={environment} limit={40} />
        </>
      )}
      {said.release !== release && (
        <>
          {', as '}
          <VisibleLabel text={said.release} limit={40} className="font-mono text-sm" />
        </>
      )}
      {address !== null && (
        <>
          {' · '}
          <SafeLink label="report" address={address} />
        </>
      )}
      {note !== null && (
        <>
          {' · “'}
          <VisibleText text={note} limit={200} />”
        </>
      )}
      {differences.length > 0 && <Differences differences={differences} />}
    </span>
  );
}

/** "412 tests, 3 skipped". */
function countsWords({ tests, failures, errors, skipped }: TestCounts): string {
  const failed = failures + errors;
  return [
    `${tests} ${tests === 1 ? 'test' : 'tests'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
}

/** So many are named. */
const NAMED = 5;
const SHORT = 12;

/** Of what other content it was said: "orders was 9f3c2ab, is d41a07e". */
function Differences({ differences }: { readonly differences: readonly EvidenceDifference[] }) {
  const words = differences.slice(0, NAMED).map(({ component, was, is }) => {
    const name = component.slice(component.indexOf('#') + 1);
    if (was === null) return `${name} has come since`;
    if (is === null) return `${name} has gone since`;
    return `${name} was ${was.text.slice(0, SHORT)}, is ${is.text.slice(0, SHORT)}`;
  });
  const more = differences.length - words.length;
  return (
    <span className="block text-warning">
      <VisibleText text={[...words, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')} limit={400} />
    </span>
  );
}

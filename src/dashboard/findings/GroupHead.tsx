import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { weightCount } from '../../release/finding/weights.ts';
import { whyUnknown } from '../../release/report/verdict-words.ts';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { GroupSummary } from '../../views/findings/findings-answer.ts';
import type { GroupSubject } from '../../views/findings/group-findings.ts';
import { CODE_MARKS } from '../elements/code-marks.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { FoldLine } from './FoldLine.tsx';
import type { Named } from './named.ts';
import { WeightCounts } from './WeightCounts.tsx';

interface GroupHeadProps {
  readonly named: Named;
  readonly group: GroupSummary;
  readonly open: boolean;
  readonly line: number;
  readonly active: boolean;
  readonly onToggle: () => void;
}

/** Height of a group's head, CSS pixels. */
export const GROUP_HEAD_PX = 30;

/** The head of a group: what its findings have in common, and how many there are of each weight. It folds them away. */
export function GroupHead({ named, group, open, line, active, onToggle }: GroupHeadProps) {
  const Chevron = open ? ChevronDown : ChevronRight;
  const { size, notes, of } = group;
  const row = of.kind === 'release' ? named.releases.get(of.release) : undefined;
  return (
    <h2 className="m-0 h-full">
      <button
        type="button"
        data-row={line}
        data-column={0}
        tabIndex={active ? 0 : -1}
        aria-expanded={open}
        aria-label={shownText(`${subjectName(of)}, ${countWords(size, 'finding')}`)}
        onClick={onToggle}
        className="flex h-full w-full items-center gap-2.5 border-b border-rule bg-panel px-4 text-left text-base -outline-offset-2 hover:text-ink"
      >
        <Chevron size={14} aria-hidden="true" className="-mr-1 shrink-0 text-dim" />
        <Subject named={named} of={of} />
        <WeightCounts counts={group.counts} without={notes > 0 ? NOTED : NONE} />
        {row !== undefined && row.completeness.roster !== 'none' && (
          <span
            title={shownText(completenessTitle(row.completeness))}
            className="shrink-0 text-sm text-dim tabular-nums"
          >
            {`${row.completeness.present}/${row.completeness.expected}`}
          </span>
        )}
        {size === notes && (
          <span className="truncate text-sm text-dim">
            <span className="text-xs">◌</span> {shownText(noteWords(group))}
          </span>
        )}
      </button>
    </h2>
  );
}

/** Notes are counted on a line of their own, or where they are all there is. */
const NOTED = ['info', 'waived'] as const;
const NONE = [] as const;

function completenessTitle({ present, expected }: { readonly present: number; readonly expected: number }): string {
  return `${present} of ${expected} components are there`;
}

interface NotesLineProps extends Pick<GroupHeadProps, 'group' | 'open' | 'line' | 'active' | 'onToggle'> {
  readonly top: number;
  readonly height: number;
}

/** How many notes a group has, which opens them. */
export function NotesLine({ group, ...fold }: NotesLineProps) {
  return (
    <FoldLine {...fold} label={`${noteWords(group)}, ${subjectName(group.of)}`} className="pl-9 text-dim">
      <span aria-hidden="true" className="text-xs">
        ◌
      </span>
      <span className="truncate">{shownText(noteWords(group))}</span>
    </FoldLine>
  );
}

/** "19 notes · missing component 18, cannot be read 1". */
function noteWords({ notes, counts, noteCodes }: GroupSummary): string {
  const named = noteCodes.map(({ code, count }) => `${CODE_MARKS[code].title.toLowerCase()} ${count}`);
  const waived = counts.waived > 0 ? `, ${counts.waived} of them waived` : '';
  return `${weightCount(notes, 'info')}${waived} · ${named.join(', ')}`;
}

/** What a group is called by those who cannot see it, and by tests. */
export function subjectName(of: GroupSubject): string {
  switch (of.kind) {
    case 'release':
      return of.release;
    case 'owner':
      return of.owner ?? NOBODY;
    case 'code':
      return of.code;
    case 'component':
      return of.component ?? WHOLE;
  }
}

const WHOLE = 'Releases as a whole';
const NOBODY = 'No owner';

function Subject({ named, of }: { readonly named: Named; readonly of: GroupSubject }): ReactNode {
  switch (of.kind) {
    case 'release': {
      const row = named.releases.get(of.release);
      return (
        <>
          <VisibleLabel text={of.release} limit={80} className="truncate font-mono font-semibold" />
          {row !== undefined && <VerdictMark result={row.verdict.result} why={whyUnknown(row)} />}
        </>
      );
    }
    case 'owner':
      return of.owner === null ? (
        <span className="font-semibold text-dim">{NOBODY}</span>
      ) : (
        <VisibleLabel text={of.owner} limit={80} className="truncate font-semibold" />
      );
    case 'code': {
      const { title, Icon } = CODE_MARKS[of.code];
      return (
        <>
          <Icon size={15} aria-hidden="true" className="shrink-0 text-dim" />
          <span className="truncate font-semibold">
            <VisibleLabel text={title} />
          </span>
          <code className="truncate font-mono text-sm text-dim">{of.code}</code>
        </>
      );
    }
    case 'component': {
      const component = of.component === null ? undefined : named.components.get(of.component);
      if (component === undefined) return <span className="font-semibold">{shownText(of.component ?? WHOLE)}</span>;
      return (
        <>
          <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-xs', typeDot(component.type))} />
          <VisibleLabel text={component.name} limit={100} className="truncate font-semibold" />
          <span className="text-sm text-dim">{shownText(typeLabel(component.type))}</span>
        </>
      );
    }
  }
}

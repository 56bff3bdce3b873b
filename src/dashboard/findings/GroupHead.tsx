import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { GroupSummary } from '../../views/findings/findings-answer.ts';
import type { GroupSubject } from '../../views/findings/group-findings.ts';
import { whyUnknown } from '../../views/words/release-words.ts';
import { WEIGHTS } from '../../views/words/weights.ts';
import { CODE_MARKS } from '../elements/code-marks.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { typeDot, typeLabel } from '../elements/type-marks.ts';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { Named } from './named.ts';

interface GroupHeadProps {
  readonly named: Named;
  readonly group: GroupSummary;
  readonly shut: boolean;
  readonly line: number;
  readonly active: boolean;
  readonly onToggle: (group: string) => void;
}

/** Height of a group's head, CSS pixels. */
export const GROUP_PX = 36;

/** The head of a group: what its findings have in common, and how many there are of each weight. It folds them away. */
export function GroupHead({ named, group, shut, line, active, onToggle }: GroupHeadProps) {
  const Chevron = shut ? ChevronRight : ChevronDown;
  const { size } = group;
  return (
    <h2 className="m-0 h-full">
      <button
        type="button"
        data-line={line}
        tabIndex={active ? 0 : -1}
        aria-expanded={!shut}
        aria-label={shownText(
          `${subjectName(group.of)}, ${size.toLocaleString('en')} ${size === 1 ? 'finding' : 'findings'}`,
        )}
        onClick={() => onToggle(group.id)}
        className="flex h-full w-full items-center gap-2 border-b border-rule bg-panel px-4 text-left text-[13px] -outline-offset-2 hover:text-ink"
      >
        <Chevron size={14} aria-hidden="true" className="-ml-0.5 shrink-0 text-dim" />
        <Subject named={named} of={group.of} />
        <span className="ml-auto flex shrink-0 items-center gap-3 text-[12px] tabular-nums">
          {WEIGHTS.filter((weight) => group.counts[weight] > 0).map((weight) => (
            <span key={weight} title={WEIGHT_LOOKS[weight].many} className={WEIGHT_LOOKS[weight].ink}>
              <span className="text-[11px]">{WEIGHT_LOOKS[weight].glyph}</span>{' '}
              {group.counts[weight].toLocaleString('en')}
            </span>
          ))}
        </span>
      </button>
    </h2>
  );
}

/** What a group is called by those who cannot see it, and by tests. */
export function subjectName(of: GroupSubject): string {
  switch (of.kind) {
    case 'code':
      return of.code;
    case 'severity':
      return WEIGHT_LOOKS[of.weight].many;
    case 'release':
      return of.release;
    case 'component':
      return of.component ?? WHOLE;
  }
}

const WHOLE = 'Releases as a whole';

function Subject({ named, of }: { readonly named: Named; readonly of: GroupSubject }): ReactNode {
  switch (of.kind) {
    case 'code': {
      const { title, Icon } = CODE_MARKS[of.code];
      return (
        <>
          <Icon size={15} aria-hidden="true" className="shrink-0 text-dim" />
          <span className="truncate font-semibold">
            <VisibleLabel text={title} />
          </span>
          <code className="truncate font-mono text-[12px] text-dim">{of.code}</code>
        </>
      );
    }
    case 'severity': {
      const { many, glyph, ink } = WEIGHT_LOOKS[of.weight];
      return (
        <span className={clsx('font-semibold', ink)}>
          <span className="text-[11px]">{glyph}</span> {many}
        </span>
      );
    }
    case 'release': {
      const row = named.releases.get(of.release);
      return (
        <>
          <VisibleLabel text={of.release} limit={80} className="truncate font-mono font-semibold" />
          {row !== undefined && (
            <>
              <StageBadge stage={row.release.stage} />
              <VerdictMark result={row.verdict.result} why={whyUnknown(row)} />
            </>
          )}
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
          <span className="text-[12px] text-dim">{shownText(typeLabel(component.type))}</span>
        </>
      );
    }
  }
}

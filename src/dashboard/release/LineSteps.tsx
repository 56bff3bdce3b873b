import { clsx } from 'clsx';
import type { LineRelease, LineStory } from '../../release/history/line-story.ts';
import { dueSentence, dueWords, type LineDue } from '../../release/report/line-due.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { dayWords, moment } from '../elements/moment.ts';
import { SafeLink } from '../elements/SafeLink.tsx';
import { ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';

interface LineStepsProps {
  readonly story: LineStory;
  /** Tag of the release that is looked at. */
  readonly current: string;
}

/** How a line came about: its releases from the first to the last, each with its verdict. */
export function LineSteps({ story: { line, releases, due }, current }: LineStepsProps) {
  return (
    <div className="space-y-1">
      <ol aria-label={shownText(`Releases of ${line}`)} className="m-0 flex list-none flex-wrap gap-y-2 p-0">
        {releases.map((each, place) => (
          <Step key={each.release.tag} each={each} line={line} first={place === 0} current={current} />
        ))}
      </ol>
      {due !== undefined && <Due due={due} />}
    </div>
  );
}

/** When the line is due, and who sees to it. */
function Due({ due }: { readonly due: LineDue }) {
  return (
    <p className="w-full text-sm text-dim">
      <span title={shownText(dueSentence(due))} className={clsx(due.late && 'font-semibold text-warning')}>
        {shownText(dueWords(due))}
      </span>
      {due.manager !== null && (
        <>
          {', '}
          <VisibleLabel text={due.manager} limit={60} />
        </>
      )}
      {due.link !== null && (
        <>
          {' · '}
          <SafeLink label="plan" address={due.link} />
        </>
      )}
    </p>
  );
}

interface StepProps extends Pick<LineStepsProps, 'current'> {
  readonly each: LineRelease;
  readonly line: string;
  readonly first: boolean;
}

function Step({
  each: { release, startedAt, verdict, why, errors, fragments, withdrawn },
  line,
  first,
  current,
}: StepProps) {
  const isCurrent = release.tag === current;
  const { glyph, ink } = VERDICT_LOOKS[verdict];
  return (
    <li aria-current={isCurrent ? 'true' : undefined} className="flex items-center">
      {!first && <span aria-hidden="true" className="h-px w-8 bg-edge max-xl:w-4" />}
      <span className={clsx('grid justify-items-center rounded-md px-2 py-0.5', isCurrent && 'bg-accent-soft')}>
        <ViewLink
          to={{ view: 'release', release: release.tag, component: null }}
          aria-label={shownText(release.tag)}
          className={clsx(
            'rounded font-mono text-sm hover:text-accent hover:underline',
            isCurrent && 'font-semibold',
            withdrawn !== undefined && 'line-through',
          )}
        >
          <VisibleLabel text={withinLine(release.tag, line)} limit={24} />
        </ViewLink>
        {fragments === 0 ? (
          <span className="text-xs leading-4 text-dim">no fragment</span>
        ) : (
          <span title={shownText(why) || undefined} className={clsx('text-sm leading-4 font-semibold', ink)}>
            <span aria-hidden="true">{`${glyph}${errors === 0 ? '' : errors}`}</span>
            <span className="sr-only">{errors === 0 ? verdict : `${verdict}, ${errors} blocking`}</span>
          </span>
        )}
        <span
          className="text-xs leading-4 text-dim tabular-nums"
          title={startedAt === null ? undefined : `${moment(startedAt)} UTC`}
        >
          {startedAt === null ? 'not dated' : shownText(dayWords(startedAt))}
        </span>
      </span>
    </li>
  );
}

/** "rc.1" of "v1.6.0-rc.1": the line is said already. Of a stable release its tag. */
function withinLine(tag: string, line: string): string {
  const at = tag.indexOf(line);
  const rest = at === -1 ? '' : tag.slice(at + line.length).replace(/^[-.+]/, '');
  return rest === '' ? tag : rest;
}

import { ChevronDown, ChevronUp } from 'lucide-react';
import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { CellDetails } from '../../views/details/details-answer.ts';
import { RENAMED_GLYPH } from '../../views/matrix/cell-problem.ts';
import { Button } from '../elements/Button.tsx';
import { EvidenceList } from '../elements/EvidenceList.tsx';
import { cardKey, FindingCard } from '../elements/FindingCard.tsx';
import { useFocusHome } from '../elements/focus-home.ts';
import { useInertBehind } from '../elements/inert-behind.ts';
import { isPageKey } from '../elements/keys.ts';
import { useNarrow } from '../elements/narrow.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { CellLink } from '../elements/ViewLink.tsx';
import { ViewLoads } from '../elements/ViewLoads.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { useChangeView } from '../state/page-context.ts';
import { ComponentDetails } from './ComponentDetails.tsx';
import { EntrySection, SECTION_HEADING } from './EntrySection.tsx';
import { History } from './History.tsx';
import { PanelHead, Step } from './PanelHead.tsx';
import { PANEL_PLACE } from './panel-place.ts';
import { ThisRelease } from './ThisRelease.tsx';

interface FragmentDetailsProps {
  readonly start: PageStart;
  /** Tag of the release and id of the component, as the URL names them: either may name nothing. Null: of all releases. */
  readonly release: string | null;
  readonly component: string;
  /** The environment, or the group of them, of which one came to read. */
  readonly first?: string | null;
  /** Its cell in the matrix is not beside it, so that a link leads there. */
  readonly leadsToMatrix?: boolean;
  /** A component over all releases can be shown in its place. */
  readonly hasWhole?: boolean;
}

/** Everything known of one cell, or of a component over all releases, beside the view that one came from. */
export function FragmentDetails({
  start,
  release,
  component,
  first = null,
  leadsToMatrix = false,
  hasWhole = true,
}: FragmentDetailsProps) {
  const change = useChangeView();
  const aside = useRef<HTMLElement>(null);
  const opener = useRef(useState(() => document.activeElement)[0]);
  const narrow = useNarrow();
  const lift = useInertBehind(aside, narrow);
  const close = () => {
    change({ release: null, component: null });
    // What had the focus goes with the panel; the cell it was about is still the grid's stop.
    lift();
    const { activeElement } = document;
    if (activeElement === document.body || aside.current?.contains(activeElement)) focusBack(opener.current);
  };
  useEscape(close);
  // As a dialog it covers everything else: the focus has no other place.
  useEffect(() => {
    if (narrow) aside.current?.focus();
  }, [narrow]);
  // What leads from within to another cell is drawn anew with it, but for the buttons at the top.
  useFocusHome(
    aside,
    useCallback((element) => aside.current?.contains(element) === true, []),
  );
  return (
    <aside
      aria-label={release === null ? 'Component details' : 'Fragment details'}
      ref={aside}
      {...(narrow ? DIALOG : {})}
      tabIndex={-1}
      onKeyDown={(event) => {
        // Within a dialog the page's own keys do nothing.
        if (narrow && event.key === 'Escape') close();
      }}
      className={PANEL_PLACE}
    >
      {release === null ? (
        <ComponentDetails component={component} close={close} />
      ) : (
        <Cell
          release={release}
          component={component}
          first={first}
          table={start.table}
          close={close}
          leadsToMatrix={leadsToMatrix}
          hasWhole={hasWhole}
        />
      )}
    </aside>
  );
}

interface CellProps extends Omit<FoundProps, 'details'> {
  readonly release: string;
  readonly component: string;
}

function Cell({ release, component, ...found }: CellProps) {
  const details = useAnswer('details', { release, component, first: found.first });
  if (details === null) return <ViewLoads />;
  if (details.kind === 'found') return <Found details={details} {...found} />;
  return (
    <PanelHead over="not found" title="Nothing to show" close={found.close}>
      <div className="space-y-3 p-4 text-base text-ink">
        {!details.releaseKnown && (
          <p>
            The table holds no release “<VisibleText text={details.release} />
            ”.
          </p>
        )}
        {!details.componentKnown && (
          <p>
            No release in the table has a component “
            <VisibleText text={details.component} />
            ”.
          </p>
        )}
        <p className="text-dim">It may have been deleted since the link was made, or be in another table.</p>
        <Button onClick={found.close}>Close details</Button>
      </div>
    </PanelHead>
  );
}

interface FoundProps {
  readonly details: CellDetails;
  readonly first: string | null;
  readonly table: string;
  readonly close: () => void;
  readonly leadsToMatrix: boolean;
  readonly hasWhole: boolean;
}

function Found({ details, first, table, close, leadsToMatrix, hasWhole }: FoundProps) {
  const change = useChangeView();
  const { component, row, ofRelease, cell, history, plot, newer, older, lastPublished } = details;
  const { release } = row;
  const select = (tag: string) => change({ release: tag, component: component.id, first });
  const { keyNames, readAt, commitTemplate } = details;
  const entrySettings = { table, keyNames, readAt, commitTemplate };
  const entries = cell?.entries ?? [];
  const checked = row.evidence.filter(({ of }) => of === component.id);
  // Another cell begins at its top, with nothing unfolded; the steps above it stay, and with them the focus.
  const cellKey = `${release.tag}\n${component.id}`;
  return (
    <PanelHead
      over={
        <Fragment key={cellKey}>
          <VisibleText text={component.type} limit={40} /> · in <VisibleText text={release.tag} limit={60} />{' '}
          <StageBadge stage={release.stage} />
        </Fragment>
      }
      title={<VisibleText key={cellKey} text={component.name} limit={120} />}
      close={close}
      steps={
        <>
          <Step to={newer} word="Newer" select={select} icon={<ChevronUp size={14} aria-hidden="true" />} />
          <Step to={older} word="Older" select={select} icon={<ChevronDown size={14} aria-hidden="true" />} />
        </>
      }
    >
      <div key={cellKey} className="relative min-h-0 flex-1 space-y-5 overflow-y-auto px-4 pt-3 pb-6">
        {cell === null && (
          <p className="text-base text-ink">
            <VisibleText text={component.name} /> is not part of <VisibleText text={release.tag} />: the release has no
            fragment of it, and nothing says that it should.
          </p>
        )}
        {cell !== null && cell.carriedFrom !== null && (
          <p className="text-base text-ink">
            <span aria-hidden="true">⇡ </span>
            <VisibleText text={cell.text} className="font-mono text-sm" />, carried over from{' '}
            <VisibleText text={cell.carriedFrom} />: not published again for <VisibleText text={release.tag} />, which
            the policy allows.
          </p>
        )}
        {cell?.state === 'left-out' && (
          <p className="text-base text-ink">
            <VisibleText text={component.name} /> is not in <VisibleText text={release.tag} />, a patch of a part.
          </p>
        )}
        {cell?.state === 'renamed' && (
          <p className="text-base text-ink">
            <span aria-hidden="true">{`${RENAMED_GLYPH} `}</span>
            <VisibleText text={component.name} /> came to <VisibleText text={release.tag} /> under another spelling.
          </p>
        )}
        {cell !== null && cell.findings.length > 0 && (
          <div className="space-y-2">
            {cell.findings.map((finding) => (
              <FindingCard key={cardKey(finding)} finding={finding} />
            ))}
          </div>
        )}
        {checked.length > 0 && (
          <section aria-label="Checks of this component">
            <h3 className={SECTION_HEADING}>Evidence</h3>
            <div className="text-sm">
              <EvidenceList release={release.tag} evidence={checked} />
            </div>
          </section>
        )}
        {leadsToMatrix && (
          <p className="text-sm">
            <CellLink
              release={release.tag}
              component={component.id}
              environment={first}
              className="rounded text-accent hover:underline"
            >
              Show in the matrix
            </CellLink>
          </p>
        )}
        <ThisRelease row={row} ofRelease={ofRelease} />
        {entries.map((fragment) => {
          const where = fragment.environments.join(', ');
          return (
            <EntrySection
              key={fragment.id}
              fragment={fragment}
              title={entryTitle(where, fragment.kind)}
              ofWhich={entries.length > 1 ? ` of ${where || fragment.key}` : ''}
              {...entrySettings}
            />
          );
        })}
        {cell !== null &&
          lastPublished?.entries.map((fragment) => {
            const where = fragment.environments.join(', ');
            return (
              <EntrySection
                key={fragment.id}
                fragment={fragment}
                title={
                  <>
                    {cell.carriedFrom === null ? 'Last published fragment' : 'Carried over fragment'}{' '}
                    <span className="font-normal text-dim">
                      {cell.carriedFrom === null ? '· in ' : '· from '}
                      <VisibleText text={lastPublished.release} />
                      {where !== '' && ` · ${shownText(where)}`}
                    </span>
                  </>
                }
                ofWhich={lastPublished.entries.length > 1 ? ` of ${where || fragment.key}` : ''}
                {...entrySettings}
              />
            );
          })}
        <History
          history={history}
          plot={plot}
          current={release.tag}
          onSelect={select}
          {...(hasWhole && { onAll: () => change({ release: null, component: component.id }) })}
        />
      </div>
    </PanelHead>
  );
}

function entryTitle(where: string, kind: string | null): ReactNode {
  if (where === '') return kind === null ? 'Fragment' : kind;
  return (
    <>
      <VisibleText text={where} />
      {kind !== null && (
        <>
          {' '}
          <span className="font-normal text-dim">{shownText(`· ${kind}`)}</span>
        </>
      )}
    </>
  );
}

const DIALOG = { role: 'dialog', 'aria-modal': true } as const;

/** To the one stop of the Tab key that a grid has; in a view without one to where one came from. */
function focusBack(opener: Element | null): void {
  const grid = document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]');
  const to = grid ?? (opener instanceof HTMLElement && opener.isConnected ? opener : null);
  to?.focus({ preventScroll: true });
}

/** Escape closes, wherever the focus is, unless something nearer to it has a use for the key. */
function useEscape(close: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPageKey(event, 'close')) return;
      close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

import { useState } from 'react';
import type { Finding } from '../../release/finding/finding.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { cardKey, FindingCard } from '../elements/FindingCard.tsx';
import { showRest } from '../elements/show-rest.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface FindingsSectionProps {
  readonly report: Report;
  readonly row: ReportRow;
  readonly onGo: OnGo;
}

/** Shown at first: a release can have thousands. */
const SHOWN = 30;

/** All findings of the release, whole: first what is about all of it, then by component. */
export function FindingsSection({ report, row, onGo }: FindingsSectionProps) {
  const [all, setAll] = useState(false);
  const { findings, release } = row;
  const columnOf = new Map(report.components.map(({ id }, column) => [id, column]));
  const place = ({ component }: Finding) => (component === null ? -1 : (columnOf.get(component) ?? -1));
  const sorted = [...findings].sort((a, b) => place(a) - place(b));
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return (
    <Section title="Findings" beside={<span className="text-dim tabular-nums">{findings.length}</span>}>
      {findings.length === 0 && <p className="text-dim">No check found anything.</p>}
      {shown.map((finding, at) => {
        const component = report.components[place(finding)];
        const first = at === 0 || shown[at - 1]?.component !== finding.component;
        return (
          <div key={`${finding.component} ${cardKey(finding)}`}>
            {first && (
              <h4 className="mt-1 mb-1.5 text-[12.5px] font-medium">
                {component === undefined ? (
                  'The release as a whole'
                ) : (
                  <ComponentLink release={release.tag} component={component} onGo={onGo} />
                )}
              </h4>
            )}
            <FindingCard finding={finding} />
          </div>
        );
      })}
      {shown.length < sorted.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => showRest(currentTarget, () => setAll(true))}
          className="rounded text-[12.5px] text-accent hover:underline"
        >
          {`Show all ${sorted.length} findings`}
        </button>
      )}
    </Section>
  );
}

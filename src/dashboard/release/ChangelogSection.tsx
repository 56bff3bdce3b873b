import { useState } from 'react';
import { changelogOf } from '../../release/history/release-story.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { ChangelogBox } from '../elements/ChangelogBox.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { showRest } from '../elements/show-rest.ts';
import type { OnGo } from '../elements/ViewLink.tsx';
import { ComponentLink } from './ComponentNames.tsx';
import { Section } from './Section.tsx';

interface ChangelogSectionProps {
  readonly report: Report;
  readonly row: ReportRow;
  readonly onGo: OnGo;
}

/** Components shown at first: a release can have hundreds. */
const SHOWN = 20;

/** What the components say of the release, each under its name. */
export function ChangelogSection({ report, row, onGo }: ChangelogSectionProps) {
  const [all, setAll] = useState(false);
  const said = changelogOf(report, row);
  const shown = all ? said : said.slice(0, SHOWN);
  const { tag } = row.release;
  return (
    <Section
      title="Changelog"
      beside={<span className="text-dim">{`${said.length} ${said.length === 1 ? 'component' : 'components'}`}</span>}
    >
      {said.length === 0 && <p className="text-dim">No fragment of the release holds a changelog.</p>}
      {shown.map(({ component, texts }) => (
        <div key={component.id}>
          <h4 className="flex items-center gap-1 text-[12.5px] font-medium">
            <ComponentLink release={tag} component={component} onGo={onGo} />
            <CopyButton text={texts.join('\n\n')} what={`changelog of ${component.name.slice(0, 80)}`} />
          </h4>
          {texts.map((text) => (
            <ChangelogBox key={text} text={text} name={`Changelog of ${component.name.slice(0, 80)}`} />
          ))}
        </div>
      ))}
      {shown.length < said.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => showRest(currentTarget, () => setAll(true))}
          className="rounded text-[12.5px] text-accent hover:underline"
        >
          {`Show the changelogs of all ${said.length} components`}
        </button>
      )}
    </Section>
  );
}

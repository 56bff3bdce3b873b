import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { FieldFault } from '../../release/item/fields.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { ChangelogBox } from '../elements/ChangelogBox.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { showRest } from '../elements/show-rest.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { FieldList } from './FieldList.tsx';
import { FieldRow } from './FieldRow.tsx';
import { type OtherAttribute, otherAttributes } from './other-attributes.ts';
import { RawItem } from './RawItem.tsx';

interface EntrySectionProps {
  readonly fragment: Fragment;
  /** The heading: the environment of a workload, "Last published fragment", … */
  readonly title: ReactNode;
  /** Set where several fragments are shown: tells the copy buttons of one from those of another. */
  readonly ofWhich: string;
  readonly table: string;
  readonly keyNames: KeyNames;
  /** When the table was read, ISO 8601 in UTC. */
  readonly readAt: string;
  /** The policy's template of the address of a commit. */
  readonly commitTemplate: string;
}

/** One fragment, whole: fields, what could not be read, everything else it holds, changelog, raw item. */
export function EntrySection({ fragment, title, ofWhich, table, keyNames, readAt, commitTemplate }: EntrySectionProps) {
  const headingId = useId();
  const { faults, fields } = fragment;
  const others = otherAttributes(fragment, keyNames);
  return (
    <section aria-labelledby={headingId} className="space-y-2">
      <h3 id={headingId} className={SECTION_HEADING}>
        {title}
      </h3>
      {fragment.type === 'k8s' && <p className="text-sm text-ink">{describeReadiness(fragment)}</p>}
      <FieldList fragment={fragment} readAt={readAt} ofWhich={ofWhich} commitTemplate={commitTemplate} />
      {faults.length > 0 && <Faults faults={faults} />}
      {others.length > 0 && <OtherAttributes attributes={others} />}
      {fields.changelog !== undefined && <Changelog text={fields.changelog} ofWhich={ofWhich} />}
      <RawItem fragment={fragment} table={table} ofWhich={ofWhich} />
    </section>
  );
}

export const SECTION_HEADING = 'text-sm font-semibold text-ink';
const SUB_HEADING = 'text-sm font-medium text-dim';

/**
 * What runs of a workload, as a sentence. It tells the counters and judges nothing; that is the checks' work. Absent
 * counters are 0: Kubernetes leaves zeros out.
 */
function describeReadiness({ fields }: Fragment): string {
  const { replicas, readyReplicas = 0, updatedReplicas, generation, observedGeneration } = fields;
  if (replicas === undefined) return 'Readiness unknown: the fragment does not say how many replicas are desired.';
  if (replicas === 0) return 'Scaled to zero: no replicas desired.';
  const said = [`${readyReplicas} of ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} ready`];
  if (updatedReplicas !== undefined && updatedReplicas !== replicas) said.push(`${updatedReplicas} updated`);
  if (generation !== undefined && observedGeneration !== undefined && observedGeneration < generation) {
    said.push(`generation ${generation} not yet observed (at ${observedGeneration})`);
  }
  return `${said.join(', ')}.`;
}

function Faults({ faults }: { readonly faults: readonly FieldFault[] }) {
  return (
    <div className="rounded-md border border-warning/40 bg-warning-soft p-2.5 text-sm">
      <h4 className="flex items-center gap-1.5 font-medium text-warning">
        <TriangleAlert size={13} aria-hidden="true" />
        {faults.length === 1 ? 'One field cannot be read' : `${faults.length} fields cannot be read`}
      </h4>
      <ul className="mt-1 list-none space-y-1 p-0">
        {faults.map(({ field, attribute, expected, received }) => (
          <li key={attribute}>
            <code className="font-mono text-sm">{field}</code>
            {attribute !== field && (
              <>
                {' (stored as '}
                <VisibleText text={attribute} className="font-mono text-sm" />)
              </>
            )}
            {': expected '}
            <VisibleText text={expected} />
            {'; received '}
            <VisibleText text={received} className="font-mono text-sm" />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** An item can hold thousands of attributes; so many are shown at first. */
const ATTRIBUTES_SHOWN = 25;

function OtherAttributes({ attributes }: { readonly attributes: readonly OtherAttribute[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? attributes : attributes.slice(0, ATTRIBUTES_SHOWN);
  return (
    <div>
      <h4 className={SUB_HEADING}>Other attributes</h4>
      <dl className="m-0">
        {shown.map(({ name, text }) => (
          <FieldRow key={name} label={<VisibleText text={name} limit={80} />} copy={{ text, what: clip(name) }}>
            <VisibleText text={text} className="font-mono text-sm" />
          </FieldRow>
        ))}
      </dl>
      {shown.length < attributes.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => showRest(currentTarget, () => setAll(true))}
          className="mt-1 text-xs text-accent hover:underline"
        >
          {`Show all ${attributes.length.toLocaleString('en')} attributes`}
        </button>
      )}
    </div>
  );
}

/** An attribute's name within an accessible name: names of 64 kB exist. */
function clip(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** A fragment's changelog under its title. @param ofWhich which of a cell's fragments, for its name: " of prod" */
export function Changelog({ text, ofWhich }: { readonly text: string; readonly ofWhich: string }) {
  return (
    <div>
      <div className="flex items-center justify-between">
        <h4 className="text-sm font-medium text-dim">Changelog</h4>
        <CopyButton text={text} what={`changelog${ofWhich}`} />
      </div>
      <ChangelogBox text={text} name={`Changelog${ofWhich}`} />
    </div>
  );
}

import type { ReactNode } from 'react';
import { commitLink, repositoryLink } from '../../release/item/commit-links.ts';
import { FIELD_SHAPES, type FieldName } from '../../release/item/fields.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import { FIELD_LABELS, FIELD_ORDER, withinSentence } from '../../views/words/field-words.ts';
import { Age } from '../elements/Age.tsx';
import { OutsideLink, SafeLink } from '../elements/SafeLink.tsx';
import { readLink, type SafeAddress } from '../elements/safe-link.ts';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { Changes } from './Changes.tsx';
import { FieldRow } from './FieldRow.tsx';

interface FieldListProps {
  readonly fragment: Fragment;
  readonly readAt: string;
  /** Added to what is copied, where several fragments are shown: " of prod". */
  readonly ofWhich: string;
  /** The policy's template of the address of a commit. */
  readonly commitTemplate: string;
}

/** Every field the fragment has, but the changelog, which needs room of its own. */
export function FieldList({ fragment, readAt, ofWhich, commitTemplate }: FieldListProps) {
  const { fields, ownVersion, publishedAt } = fragment;
  return (
    <dl className="m-0">
      {!OWN_VERSION_FIELDS.some((field) => fields[field] === ownVersion) && (
        <FieldRow label="Version" copy={{ text: ownVersion, what: `version${ofWhich}` }}>
          <Code text={ownVersion} />
        </FieldRow>
      )}
      {FIELD_ORDER.filter((field) => field !== 'changelog' && fields[field] !== undefined).map((field) => {
        const text = textToCopy(fragment, field);
        const what = `${withinSentence(FIELD_LABELS[field])}${ofWhich}`;
        return (
          <FieldRow key={field} label={FIELD_LABELS[field]} {...(text === null ? {} : { copy: { text, what } })}>
            <FieldValue fragment={fragment} field={field} readAt={readAt} commitTemplate={commitTemplate} />
          </FieldRow>
        );
      })}
      {publishedAt !== null && publishedAt !== fields.date && (
        <FieldRow label="Written">
          <Published date={publishedAt} readAt={readAt} />
        </FieldRow>
      )}
    </dl>
  );
}

/** Where the version in the cell may come from; one that is shown with its field need not be shown twice. */
const OWN_VERSION_FIELDS = ['componentVersion', 'npmVersion', 'schemaVersion', 'chartVersion'] as const;

/** What the copy button takes along. Null for counts, which nobody pastes, and for links, which have one each. */
function textToCopy({ fields }: Fragment, field: FieldName): string | null {
  const value = fields[field];
  if (typeof value === 'string') return value;
  const shape = FIELD_SHAPES[field];
  return shape === 'names' && Array.isArray(value) ? value.join(', ') : null;
}

interface FieldValueProps {
  readonly fragment: Fragment;
  readonly field: FieldName;
  readonly readAt: string;
  readonly commitTemplate: string;
}

function FieldValue({ fragment: { fields }, field, readAt, commitTemplate }: FieldValueProps): ReactNode {
  if (field === 'links') {
    return (
      <ul className="m-0 list-none space-y-1 p-0">
        {fields.links?.map(({ label, url }) => (
          <li key={label}>
            <SafeLink label={label} address={url} />
          </li>
        ))}
      </ul>
    );
  }
  const value = fields[field];
  if (value === undefined) return null;
  if (typeof value === 'number') return <span className="tabular-nums">{value.toLocaleString('en')}</span>;
  if (typeof value === 'object' && 'commits' in value) return <Changes changes={value} />;
  if (typeof value !== 'string') return <Names names={value.map(String)} />;
  if (field === 'date') return <Published date={value} readAt={readAt} />;
  const link = linkOf(field, value, fields.repo, commitTemplate);
  if (link === null) return isProse(field) ? <VisibleText text={value} /> : <Code text={value} />;
  return (
    <OutsideLink link={link} text={value}>
      <VisibleLabel text={value} className="font-mono text-sm [overflow-wrap:anywhere]" />
    </OutsideLink>
  );
}

/** Where a field's text leads; null where it leads nowhere. */
function linkOf(field: FieldName, value: string, repo: string | undefined, commitTemplate: string): SafeAddress | null {
  const address =
    field === 'repo'
      ? repositoryLink(commitTemplate, value)
      : field === 'commit'
        ? commitLink(commitTemplate, repo, value)
        : value;
  // A template too is somebody else's text: a policy stands in the table.
  const link = readLink(address ?? '');
  return 'href' in link ? link : null;
}

function isProse(field: FieldName): boolean {
  return field === 'owner' || field === 'evolutionPolicy';
}

/** More names than this are folded away. */
const NAMES_SHOWN = 30;

function Names({ names }: { readonly names: readonly string[] }) {
  const rest = names.length - NAMES_SHOWN;
  return (
    <>
      {names.slice(0, NAMES_SHOWN).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <VisibleText text={name} />
        </span>
      ))}
      {rest > 0 && <VisibleText text={`, ${names.slice(NAMES_SHOWN).join(', ')}`} limit={1} />}
    </>
  );
}

function Code({ text }: { readonly text: string }) {
  return <VisibleText text={text} className="font-mono text-sm" />;
}

const UTC_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

interface PublishedProps {
  /** ISO 8601 in UTC. */
  readonly date: string;
  /** When the table was read, ISO 8601 in UTC. */
  readonly readAt: string;
}

/** "3 h ago · 21 Nov 2026, 09:12 UTC". */
function Published({ date, readAt }: PublishedProps) {
  const at = Date.parse(date);
  return (
    <>
      {at > Date.parse(readAt) ? <span className="text-warning">in the future</span> : <Age since={at} />}
      {' · '}
      <time dateTime={date} className="whitespace-nowrap">{`${UTC_TIME.format(at)} UTC`}</time>
    </>
  );
}

import { type KeyboardEvent, useContext, useId, useRef, useState } from 'react';
import type { Finding } from '../../release/finding/finding.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { type TableCommands, TableCommandsContext } from './table-command.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How long a waiver holds where nobody says otherwise: long enough to fix something, short enough to be looked at again. */
const USUAL_DAYS = 14;

/**
 * A button that unfolds the form of a waiver. The page only reads: it shows the command that writes it. Nothing where
 * nobody says which table it is.
 */
export function WaiveForm({ finding }: { readonly finding: Finding }) {
  const commands = useContext(TableCommandsContext);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Otherwise the same key would close the details panel as well.
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  if (commands === null) return null;
  return (
    <>
      <span aria-hidden="true">·</span>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="rounded text-accent hover:underline"
      >
        {finding.waived === null ? 'Waive…' : 'Renew the waiver…'}
      </button>
      {open && (
        <section
          id={id}
          aria-label={`Waive ${finding.code}`}
          onKeyDown={closeByKey}
          className="mt-2 w-full min-w-0 border-t border-rule pt-2 text-ink"
        >
          <Form finding={finding} commands={commands} />
        </section>
      )}
    </>
  );
}

interface FormProps {
  readonly finding: Finding;
  readonly commands: TableCommands;
}

/** What of a waiver can be said; the finding fills in what it is about. */
interface Draft {
  readonly reason: string;
  readonly until: string;
  readonly release: string;
  readonly component: string;
  readonly environment: string;
}

function Form({ finding, commands }: FormProps) {
  const { code, release, component, environment, waived } = finding;
  const [draft, setDraft] = useState<Draft>(() => ({
    reason: waived?.reason ?? '',
    until: new Date(Date.now() + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10),
    release,
    component: component ?? '',
    environment: environment ?? '',
  }));
  const field = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  const missing = [
    ...(draft.reason.trim() === '' ? ['why'] : []),
    ...(draft.until === '' ? ['until when'] : []),
    ...(draft.release.trim() === '' ? ['in which release'] : []),
  ];
  return (
    <div className="space-y-2 text-sm">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5">
        <Field label="Reason" {...field('reason')} />
        <Field label="Until" type="date" {...field('until')} />
        <Field label="Release" hint="a tag or a range" {...field('release')} />
        {component !== null && <Field label="Component" hint="* for any; empty: all" {...field('component')} />}
        {environment !== null && <Field label="Environment" hint="empty: all" {...field('environment')} />}
      </div>
      <Command code={code} draft={draft} missing={missing} commands={commands} />
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'date';
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ label, hint, type = 'text', value, onChange }: FieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="text-dim">
        {shownText(label)}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={hint === undefined ? undefined : shownText(hint)}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="h-7 min-w-0 rounded-md border border-edge bg-page px-2 text-ink placeholder:text-dim"
      />
    </>
  );
}

interface CommandProps {
  readonly code: Finding['code'];
  readonly draft: Draft;
  readonly missing: readonly string[];
  readonly commands: TableCommands;
}

/** The command, or the policy's row where the policy is a file; once all is said that it needs. */
function Command({ code, draft, missing, commands }: CommandProps) {
  const { reason, until, release, component, environment } = draft;
  if (missing.length > 0)
    return <p className="text-dim">{shownText(`Say ${missing.join(' and ')}, and the command is here.`)}</p>;
  const scope = { release: release.trim(), component: component.trim(), environment: environment.trim() };
  const given = Object.entries(scope).filter(([, value]) => value !== '');
  if (commands.policyIsFile) {
    const row = { code, ...Object.fromEntries(given), reason: reason.trim(), by: 'your name', expires: until };
    return (
      <>
        <p>The policy of this dashboard is a file (RELEASE_POLICY). Add this to its waivers:</p>
        <CodeBlock text={JSON.stringify(row, null, 2)} what="waiver" />
      </>
    );
  }
  const words = [
    ...['policy', 'waive', code],
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...['--until', until, '--reason', reason.trim()],
  ];
  return (
    <>
      <p>
        {commands.isInside
          ? 'No command reaches this table. With a table of your own you would run:'
          : 'The page only reads. Run this where you may write the policy:'}
      </p>
      <CodeBlock text={commands.of(words)} what="command that waives it" />
    </>
  );
}

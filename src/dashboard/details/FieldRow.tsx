import type { ReactNode } from 'react';
import { CopyButton } from '../elements/CopyButton.tsx';

interface FieldRowProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
  /** What the copy button copies, and how its accessible name calls it. */
  readonly copy?: { readonly text: string; readonly what: string };
}

/** A name and a value, inside a `dl`. */
export function FieldRow({ label, children, copy }: FieldRowProps) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)_1.75rem] items-start gap-x-2 border-b border-rule py-1 last:border-b-0">
      <dt className="py-0.5 text-sm [overflow-wrap:anywhere] text-dim">{label}</dt>
      <dd className="m-0 min-w-0 py-0.5 text-sm text-ink">{children}</dd>
      {copy !== undefined && (
        <dd className="m-0">
          <CopyButton text={copy.text} what={copy.what} />
        </dd>
      )}
    </div>
  );
}

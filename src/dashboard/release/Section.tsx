import { type ReactNode, useId } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';

interface SectionProps {
  readonly title: string;
  /** What stands at the end of the title's line. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page of a release, under its title. */
export function Section({ title, beside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 border-b border-rule">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2.5 pb-1 text-sm">
        <h3 id={id} className="text-base font-semibold">
          {shownText(title)}
        </h3>
        {beside}
      </div>
      <div className="space-y-2.5 px-4 pb-3 text-base">{children}</div>
    </section>
  );
}

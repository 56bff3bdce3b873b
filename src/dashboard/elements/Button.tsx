import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const LOOKS = {
  /** Bordered: the usual one. */
  plain: 'border border-edge bg-raised text-ink hover:bg-panel',
  /** Without a border, among other things that have one. */
  quiet: 'text-dim hover:bg-panel hover:text-ink',
  /** The one thing to do next. */
  main: 'border border-transparent bg-accent text-page hover:opacity-90',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  /** Square, for a single icon; such a button needs an `aria-label`. */
  readonly icon?: boolean;
}

/** A button in the product's look. It never submits a form. */
export function Button({ look = 'plain', icon = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={clsx(
        'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md text-base font-medium whitespace-nowrap transition-colors disabled:opacity-50',
        icon ? 'w-7' : 'px-2.5',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}

import { shownText } from '../../release/text/hidden-characters.ts';

interface ProgressBarProps {
  /** Accessible name. */
  readonly name: string;
  /** Per cent; null where it cannot be said. */
  readonly value: number | null;
  /** What assistive technology reads out in place of the number. */
  readonly text: string;
}

/** How far something is. Not the browser's own element, whose looks each browser has its own way to change. */
export function ProgressBar({ name, value, text }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={shownText(name)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value ?? undefined}
      aria-valuetext={shownText(text)}
      className="h-1.5 overflow-hidden rounded-full bg-rule"
    >
      {value === null ? (
        <div className="h-full w-1/4 animate-pulse rounded-full bg-dim forced-colors:bg-[CanvasText]" />
      ) : (
        <div
          className="h-full rounded-full bg-accent transition-[width] forced-colors:bg-[CanvasText]"
          style={{ width: `${value}%` }}
        />
      )}
    </div>
  );
}

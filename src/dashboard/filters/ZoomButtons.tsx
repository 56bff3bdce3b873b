import { clsx } from 'clsx';
import { CaseSensitive, Grid3x3, Shrink } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ZOOMS, type Zoom } from '../../views/params.ts';

interface ZoomButtonsProps {
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
}

const LOOKS = {
  text: { words: 'Text: versions', Icon: CaseSensitive },
  marks: { words: 'Marks: a sign per cell', Icon: Grid3x3 },
  overview: { words: 'Overview: all on one screen', Icon: Shrink },
} satisfies Record<Zoom, { readonly words: string; readonly Icon: typeof Grid3x3 }>;

/** How closely one looks at the matrix. */
export function ZoomButtons({ zoom, onZoom }: ZoomButtonsProps) {
  return (
    <fieldset
      aria-label="Zoom"
      className="m-0 flex h-7 shrink-0 items-stretch overflow-hidden rounded-md border border-edge p-0"
    >
      {ZOOMS.map((step) => {
        const { words, Icon } = LOOKS[step];
        return (
          <button
            key={step}
            type="button"
            aria-pressed={step === zoom}
            aria-label={shownText(words)}
            title={shownText(`${words} (+ and -)`)}
            onClick={() => onZoom(step)}
            className={clsx(
              '-outline-offset-2 grid w-8 place-items-center',
              step === zoom ? 'bg-accent-soft text-ink' : 'bg-raised text-dim hover:text-ink',
            )}
          >
            <Icon size={15} aria-hidden="true" />
          </button>
        );
      })}
    </fieldset>
  );
}

import { Rows3, Rows4 } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { chooseDensity, useDensity } from '../state/density.ts';

/** Comfortable or compact rows. */
export function DensityButton() {
  const density = useDensity();
  const next = density === 'compact' ? 'comfortable' : 'compact';
  const words = `Rows: ${density}. Change to ${next}`;
  const Icon = density === 'compact' ? Rows4 : Rows3;
  return (
    <Button
      icon
      look="quiet"
      aria-label={shownText(words)}
      title={shownText(words)}
      onClick={() => chooseDensity(next)}
    >
      <Icon size={15} aria-hidden="true" />
    </Button>
  );
}

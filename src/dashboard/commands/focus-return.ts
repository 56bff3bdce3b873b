import { useEffect, useState } from 'react';

/** Gives the focus back, when the dialog that calls this goes, to what had it before; unless it has gone elsewhere. */
export function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}

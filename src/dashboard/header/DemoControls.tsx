import { useEffect, useState } from 'react';
import { DEMO_SPEEDS, type DemoAsk, type DemoSpeed, type DemoState } from '../../contract/demo.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { Segments } from '../elements/Segments.tsx';
import { useServer } from '../state/answers.ts';

const SPEED_WORDS = { paused: 'Paused', slow: 'Slow', fast: 'Fast' } satisfies Record<DemoSpeed, string>;

/** Steers the simulated CI of the demo: what it publishes is found as any change is. */
export function DemoControls() {
  const { demo } = useServer();
  const [state, setState] = useState<DemoState | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const ask = (wish: DemoAsk): void => {
    demo(wish).then(
      (told) => {
        setState(told);
        setFailed(null);
      },
      (error: unknown) => setFailed(error instanceof Error ? error.message : String(error)),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, as the panel opens
  useEffect(() => ask({ do: 'look' }), []);
  return (
    <div className="mt-4 space-y-2 border-t border-rule pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => ask({ do: 'step' })}>Make something happen</Button>
        {state !== null && (
          <Segments
            name="Simulated CI"
            options={DEMO_SPEEDS}
            labels={SPEED_WORDS}
            chosen={state.speed}
            onChange={(speed) => ask({ do: 'speed', speed })}
          />
        )}
      </div>
      <p aria-live="polite" className="text-dim empty:hidden">
        {failed !== null ? shownText(failed) : state?.said != null && shownText(`${state.said}.`)}
      </p>
    </div>
  );
}

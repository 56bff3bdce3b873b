/** How the page steers the simulated CI of the demo (`ROUTES.demo`), which is there with the embedded demo alone. */

/** How fast the simulated CI publishes by itself. */
export const DEMO_SPEEDS = ['paused', 'slow', 'fast'] as const;
export type DemoSpeed = (typeof DEMO_SPEEDS)[number];

/** Body of a request, JSON. */
export type DemoAsk =
  | { readonly do: 'look' }
  /** Has it publish its next thing at once. */
  | { readonly do: 'step' }
  | { readonly do: 'speed'; readonly speed: DemoSpeed };

export interface DemoState {
  readonly speed: DemoSpeed;
  /** What it has published last, as a sentence; null: nothing yet. */
  readonly said: string | null;
}

/** @returns null where it is no such body, to the letter */
export function readDemoAsk(value: unknown): DemoAsk | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { do: what, ...rest } = value as Readonly<Record<string, unknown>>; // of JSON
  const names = Object.keys(rest).join();
  if ((what === 'look' || what === 'step') && names === '') return { do: what };
  const speed = DEMO_SPEEDS.find((known) => known === rest.speed);
  return what === 'speed' && names === 'speed' && speed !== undefined ? { do: what, speed } : null;
}

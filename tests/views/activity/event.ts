import type { ChangeEvent } from '../../../src/release/history/changes.ts';

/** A fragment that arrived, with whatever is otherwise. */
export const event = (release: string, component: string, more: Partial<ChangeEvent> = {}): ChangeEvent => ({
  at: '2026-11-22T12:00:00.000Z',
  kind: 'new',
  change: null,
  fragment: `${release}\n${component}`,
  release,
  key: component,
  component,
  environments: [],
  from: null,
  to: '1.0.0',
  fields: [],
  attributes: { names: [], count: 0 },
  retagged: false,
  readinessOnly: false,
  ...more,
});

import type { Stage } from '../../release/item/release.ts';
import type { Outline } from '../matrix/outline.ts';

/** What is asked of an outline. */
export type SideOutline = Pick<Outline, 'environments' | 'stages' | 'rows'>;

/** A side that can be chosen. */
export interface SideChoice {
  /** As it is written in the URL: `prev`, `@prod` or `v1.4.0`. */
  readonly value: string;
  /** What it means, where the value does not say so. */
  readonly note: string;
  readonly stage: Stage | null;
}

/** What either side can be: `prev`, then the stages and the environments in order, then the releases, newest first. */
export function sideChoices({ environments, stages, rows }: SideOutline): SideChoice[] {
  return [
    { value: 'prev', note: 'the stable release before the other side', stage: null },
    ...[...new Set([...stages, ...environments])].map((name) => ({
      value: `@${name}`,
      note: environments.includes(name) ? 'what runs there' : 'what runs in its environments',
      stage: null,
    })),
    ...rows
      .filter(({ fragments }) => fragments > 0)
      .map(({ release: { tag, stage } }) => ({ value: tag, note: '', stage })),
  ];
}

/** A comparison to start with. */
export interface Start {
  readonly a: string;
  readonly b: string;
  /** The question it answers. */
  readonly question: string;
}

/** The questions asked most, as far as the table can answer them. */
export function usualStarts({ stages, rows }: SideOutline): Start[] {
  const held = rows.filter(({ fragments }) => fragments > 0);
  const newest = held[0]?.release.tag;
  const stables = held.filter(({ release }) => release.stage === 'stable').map(({ release }) => release.tag);
  const [last, before] = stables;
  const starts: Start[] = [];
  if (last !== undefined && before !== undefined) {
    starts.push({ a: before, b: last, question: 'What changed between the last two stable releases?' });
  }
  if (newest !== undefined && last !== undefined && newest !== last) {
    starts.push({ a: last, b: newest, question: 'What does the newest release bring?' });
  }
  const [late, earlier] = stages.toReversed();
  if (late !== undefined && earlier !== undefined) {
    starts.push({ a: `@${late}`, b: `@${earlier}`, question: `What has ${earlier} that ${late} has not?` });
  }
  if (late !== undefined && last !== undefined) {
    starts.push({ a: `@${late}`, b: last, question: `What would ${last} change in ${late}?` });
  }
  return starts;
}

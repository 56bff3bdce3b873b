import { type ComponentType, memo } from 'react';
import { WEIGHT_WORDS, WEIGHTS } from '../../release/finding/weights.ts';
import {
  CARRIED_GLYPH,
  type CellProblem,
  MISSING_GLYPH,
  NEW_GLYPH,
  NOT_YET_GLYPH,
  OWN_GLYPH,
  problemGlyph,
  RENAMED_GLYPH,
} from '../../views/matrix/cell-problem.ts';
import { VERDICT_LOOKS } from '../elements/verdict-words.ts';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { Face } from './CellFace.tsx';

export interface Sample {
  readonly face: Face;
  readonly news?: 'new' | undefined;
  readonly word: string;
  readonly means: string;
}

const PLAIN = { problem: null, glyph: '', shown: '1.4.0' } as const;
const SIGN = { shown: '' } as const;

function sound(look: Face['look'], word: string, means: string, face: Partial<Face> = {}): Sample {
  return { face: { ...PLAIN, look, ...face }, word, means };
}

function wrong(problem: CellProblem, word: string, means: string, face: Partial<Face> = {}): Sample {
  return { face: { ...PLAIN, look: 'changed', problem, glyph: problemGlyph(problem) ?? '', ...face }, word, means };
}

/** Real cells, so that the legend cannot say other than the grid. */
const STATES: readonly Sample[] = [
  sound(
    'changed',
    'Changed',
    'another commit, digest or version than in the release before; in a stable release, than in the stable one before',
  ),
  sound('unchanged', 'Unchanged', 'as in that release'),
  sound('changed', 'Changed, the release’s version', 'the version is the release’s own', { ...SIGN, glyph: OWN_GLYPH }),
  sound('unchanged', 'Unchanged, the release’s version', 'another tag on the same commit', {
    ...SIGN,
    glyph: OWN_GLYPH,
  }),
  sound('new', 'New', 'in no release before', { glyph: NEW_GLYPH }),
  sound('carried', 'Carried over', 'not tagged again; inherited as the policy says', {
    glyph: CARRIED_GLYPH,
    shown: '1.3.0',
  }),
  sound('arriving', 'Not yet', 'still arriving, not needed at this stage, or left out of a patch of a part', {
    ...SIGN,
    glyph: NOT_YET_GLYPH,
  }),
  sound('renamed', 'Renamed', 'it came under another spelling', { ...SIGN, glyph: RENAMED_GLYPH }),
  sound('absent', 'Not part', 'the release neither has nor expects it', { shown: '·' }),
  { ...sound('changed', 'News', 'arrived or changed since you last looked'), news: 'new' },
];

const PROBLEMS: readonly Sample[] = [
  wrong({ kind: 'missing', severity: 'error' }, 'Missing', 'expected and not there; dashed: a warning', {
    ...SIGN,
    look: 'missing',
    glyph: MISSING_GLYPH,
  }),
  wrong({ kind: 'mismatched', severity: 'error' }, 'Mismatched, error', 'contradicts something; it blocks'),
  wrong({ kind: 'mismatched', severity: 'warning' }, 'Mismatched, warning', 'contradicts something; it does not block'),
  wrong({ kind: 'not-ready', severity: 'error' }, 'Not ready', 'the roll-out is not finished, or nothing runs', {
    shown: '2/3',
  }),
  wrong({ kind: 'unknown', severity: 'warning' }, 'Unknown', 'what was published is not enough to tell'),
  wrong({ kind: 'remark', severity: 'warning' }, 'Remark', 'look at how it is named, dated or listed'),
  wrong({ kind: 'waived', severity: 'error' }, 'Waived', 'every finding is excused by the policy'),
  wrong({ kind: 'mismatched', severity: 'info' }, WEIGHT_LOOKS.info.word, 'a mark in the corner: it only informs'),
];

export interface LegendSignsProps {
  /** Draws a cell as the grid does. Handed over, as what is imported here would be loaded apart from the grid. */
  readonly Cell: ComponentType<Pick<Sample, 'face' | 'news'>>;
}

/** What every sign of the grid means: real cells beside words. */
export default memo(function LegendSigns({ Cell }: LegendSignsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-x-5">
        <Samples title="What is there" samples={STATES} Cell={Cell} />
        <Samples title="What is wrong" samples={PROBLEMS} Cell={Cell} />
      </div>
      <p className="mt-3 border-t border-rule pt-3 text-sm leading-5 text-dim">
        {/* Spelt out for screen readers by the words beside the signs. */}A thick bar at the left of a cell: an error,
        which blocks. Beside a release:{' '}
        {`${VERDICT_LOOKS.pass.glyph} pass, ${VERDICT_LOOKS.fail.glyph} fail, ${VERDICT_LOOKS.unknown.glyph} unknown; `}
        {`${WEIGHTS.map((weight) => `${WEIGHT_LOOKS[weight].glyph} ${WEIGHT_WORDS[weight][1]}`).join(', ')}.`}
      </p>
    </>
  );
});

interface SamplesProps extends LegendSignsProps {
  readonly title: string;
  readonly samples: readonly Sample[];
}

function Samples({ title, samples, Cell }: SamplesProps) {
  return (
    <section>
      <h2 className="text-sm font-semibold">{title}</h2>
      <ul className="m-0 mt-1.5 list-none space-y-1 p-0">
        {samples.map(({ face, news, word, means }) => (
          <li key={word} className="grid grid-cols-[76px_minmax(0,1fr)] items-center gap-x-2.5">
            <div aria-hidden="true" className="mx-sample">
              <Cell face={face} news={news} />
            </div>
            <p className="text-sm leading-4 text-dim">
              <strong className="block font-medium text-ink">{word}</strong>
              {means}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { Plan, PromotionPlan, RollBackPlan } from '../../release/plan/plan-document.ts';
import { groupedSkips, planAsScript, type ScriptOptions } from '../../release/plan/plan-script.ts';
import type { GateReport } from '../../release/report/gate.ts';
import { unknownReasonWords } from '../../release/report/unknown-words.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { codeCell, markdownCode, markdownTable } from '../../release/text/markdown-text.ts';
import { proseWithCode } from '../../release/text/prose.ts';
import { alignedLines } from '../context/aligned.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import { type Show, VERDICT_WORD } from './report-words.ts';

export const PLAN_FORMATS = ['text', 'markdown', 'json', 'sh'] as const;

/** What can be written of a plan. */
export type PlanForms = Readonly<Record<(typeof PLAN_FORMATS)[number], () => string>>;

/**
 * The forms of a plan.
 *
 * @param completeness of the release, for the words on an unknown verdict
 */
export function formsOfPlan(
  plan: Plan,
  completeness: GateReport['completeness'] | null,
  script: ScriptOptions,
): PlanForms {
  return {
    text: () => planAsText(plan, completeness),
    markdown: () => planAsMarkdown(plan, completeness),
    json: () => jsonText(plan),
    sh: () => planAsScript(plan, script),
  };
}

function planAsText(plan: Plan, completeness: GateReport['completeness'] | null): string {
  const lines = [
    headWords(plan, printableName),
    ...blockedWords(plan, completeness, printableName, (text) => `  ${text}`),
    ...plan.waves.flatMap(({ types }, at) => {
      const rows = stepCells(plan, at).map((cells) => ['', ...cells.map(printableName)]);
      return ['', `wave ${at + 1}: ${types.map(printableName).join(', ')}`, ...alignedLines(rows)];
    }),
    ...section('order', [...plan.schemas.map(({ words }) => words), ...plan.notes].map(printableName)),
    ...section(
      plan.kind === 'promotion' ? 'not tagged' : 'not rolled back',
      groupedSkips(plan).map(
        ({ code, components, words }) =>
          `${code}: ${components.map(printableName).join(', ')}: ${printableName(words)}`,
      ),
    ),
    '',
    `read ${plan.readAt}`,
  ];
  return logLines(lines.map(printable));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function headWords(plan: Plan, show: Show): string {
  const left = plan.left === 0 ? 'nothing left' : `${plan.left} ${whatOf(plan)} left`;
  const counts = `${left}, ${plan.done} done`;
  return plan.kind === 'promotion'
    ? `${show(plan.release)} → ${show(plan.target)}: ${counts}`
    : `${show(plan.environment)} back to ${show(plan.release)}: ${counts}`;
}

function whatOf({ kind, left }: Plan): string {
  const what = kind === 'promotion' ? 'tag' : 'workload';
  return left === 1 ? what : `${what}s`;
}

/** Why it is blocked, before anything else. */
function blockedWords(
  plan: Plan,
  completeness: GateReport['completeness'] | null,
  show: Show,
  indented: (text: string) => string,
): string[] {
  if (plan.kind !== 'promotion' || plan.blocked === null) return [];
  const { verdict, unknown, findings, conflicts } = plan.blocked;
  const why = unknown.length > 0 && completeness !== null ? `: ${unknownReasonWords({ unknown, completeness })}` : '';
  return [
    `BLOCKED${plan.forced ? ', and told as it was forced' : ''}`,
    ...(verdict === 'pass'
      ? []
      : [indented(`check ${show(plan.release)} --as ${plan.stage} is ${VERDICT_WORD[verdict]}${why}`)]),
    ...findings.map(({ code, message }) => indented(`${code}: ${show(message)}`)),
    ...(conflicts.length === 0 ? [] : [indented(`at another commit: ${conflicts.map(show).join(', ')}`)]),
    ...(plan.forced || plan.left === 0 ? [] : [indented(`--force tells the ${whatOf(plan)} all the same.`)]),
  ];
}

/** The steps of a wave, as rows of a table. */
function stepCells(plan: Plan, wave: number): string[][] {
  return plan.kind === 'promotion' ? tagCells(plan, wave) : imageCells(plan, wave);
}

/** Digits of a commit that tell it from others, for a person; the script has all. */
const SHORT_COMMIT = 12;

function tagCells({ waves }: PromotionPlan, wave: number): string[][] {
  return (waves[wave]?.steps ?? []).map(({ repo, tag, commit, components }) => [
    repo,
    tag,
    commit.slice(0, SHORT_COMMIT),
    components.join(', '),
  ]);
}

function imageCells({ waves, release }: RollBackPlan, wave: number): string[][] {
  return (waves[wave]?.steps ?? []).map(({ component, workloadKind, runs, image, imageOf, imageFrom }) => [
    `${component}${workloadKind === null ? '' : ` (${workloadKind})`}`,
    `${runs.image ?? 'an unknown image'} (${runs.release})`,
    `→ ${image}`,
    [
      ...(imageOf === release ? [] : [`carried over from ${imageOf}`]),
      ...(imageFrom === 'environment'
        ? []
        : [imageFrom === 'artifact' ? 'by what was built' : 'by another environment']),
    ].join(', '),
  ]);
}

const HEADINGS = {
  promotion: ['Repository', 'Tag', 'Commit', 'Components'],
  'roll-back': ['Workload', 'Runs', 'To run', ''],
} satisfies Record<Plan['kind'], readonly string[]>;

function planAsMarkdown(plan: Plan, completeness: GateReport['completeness'] | null): string {
  const prose = (text: string) => proseWithCode(text, markdownCode);
  const blocked = blockedWords(
    plan,
    completeness,
    (text) => text,
    (text) => `- ${prose(text)}`,
  );
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`### ${title}`, lines.map((text) => `- ${text}`).join('\n')];
  const blocks = [
    `## ${headWords(plan, markdownCode)}`,
    ...(blocked.length === 0 ? [] : [`**${blocked[0]}**`, blocked.slice(1).join('\n')]),
    ...plan.waves.flatMap(({ types }, at) => [
      `### Wave ${at + 1}: ${types.map(markdownCode).join(', ')}`,
      markdownTable([HEADINGS[plan.kind], ...stepCells(plan, at).map((cells) => cells.map(codeCell))]),
    ]),
    ...list('Order', [...plan.schemas.map(({ words }) => words), ...plan.notes].map(prose)),
    ...list(
      plan.kind === 'promotion' ? 'Not tagged' : 'Not rolled back',
      groupedSkips(plan).map(
        ({ code, components, words }) => `**${code}** ${components.map(markdownCode).join(', ')}: ${prose(words)}`,
      ),
    ),
    `<sub>Read ${plan.readAt}</sub>`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

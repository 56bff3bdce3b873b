import { groupBy } from '../text/group-by.ts';
import { shownByNumber } from '../text/log-text.ts';
import { shellWord } from '../text/shell-text.ts';
import type { Plan, PromotionPlan, RollBackPlan } from './plan-document.ts';

/** How a plan is written for a shell. */
export interface ScriptOptions {
  /** The command of a step, with placeholders; null: none is known. */
  readonly command: string | null;
  /** How long each wave waits for what it published, as `check --wait` takes it. */
  readonly wait: string;
  /** Options that lead `check` to the same table, as words; null: it cannot be read again. */
  readonly table: readonly string[] | null;
}

/** What a command of a plan's steps may hold, and which of it it must. */
const PLACEHOLDERS = {
  promotion: { may: ['repo', 'tag', 'commit', 'release'], must: 'tag' },
  'roll-back': { may: ['component', 'name', 'kind', 'namespace', 'environment', 'image', 'release'], must: 'image' },
} as const satisfies Record<Plan['kind'], { may: readonly string[]; must: string }>;

/** A tag made by GitHub's API: nothing has to be cloned. */
export const TAG_BY_GITHUB = 'gh api --method POST repos/{repo}/git/refs -f ref=refs/tags/{tag} -f sha={commit}';

/** `${name}` is the shell's own. */
const PLACEHOLDER = /(?<!\$)\{(\w+)\}/g;

/** Why a text is no command for the steps of a plan; null: it is one. */
export function faultOfCommand(command: string, kind: Plan['kind']): string | null {
  const { may, must } = PLACEHOLDERS[kind];
  const names = [...command.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
  const stranger = names.find((name) => !(may as readonly string[]).includes(name));
  const known = may.map((name) => `{${name}}`).join(', ');
  if (stranger !== undefined) return `{${stranger}} stands for nothing here: expected ${known}.`;
  if (!names.includes(must)) return `Expected a command with {${must}}; there are ${known}.`;
  return /\p{Cc}/u.test(command) ? 'Expected a command on one line.' : null;
}

/** The steps of a plan as a script for a POSIX shell. Nothing that somebody published can be more than a word of it. */
export function planAsScript(plan: Plan, options: ScriptOptions): string {
  const lines = plan.kind === 'promotion' ? promotionLines(plan, options) : rollBackLines(plan, options);
  return `${['#!/bin/sh', ...lines].join('\n')}\n`;
}

function promotionLines(plan: PromotionPlan, { command, wait, table }: ScriptOptions): string[] {
  const { release, target, blocked, forced, waves, left, done } = plan;
  const head = [
    comment(`${release} → ${target}: ${left} left, ${done} done, read ${plan.readAt}`),
    ...skipComments(plan),
    ...plan.schemas.map(({ words }) => comment(words)),
    ...plan.notes.map(comment),
    'set -eu',
  ];
  if (blocked !== null && !forced) {
    return [...head, ...failing(`${release} is blocked from becoming ${target}: nothing is tagged.`)];
  }
  return [
    ...head,
    ...(blocked === null ? [] : [comment(`${release} is blocked from becoming ${target}; this was forced.`)]),
    ...waves.flatMap(({ types, steps }, at) => {
      const components = steps.flatMap((step) => step.components);
      return [
        '',
        comment(`wave ${at + 1} of ${waves.length}: ${types.join(', ')}`),
        ...steps.map(({ repo, tag, commit }) =>
          filled(command, { repo, tag, commit, release: target }, `tag ${repo} as ${tag} at ${commit}`),
        ),
        ...waitLines(target, components, wait, table),
      ];
    }),
    '',
    comment(waves.length === 0 ? 'Nothing is left.' : `Then: release-matrix check ${target}`),
  ];
}

/** Waits for what a wave has tagged: the release as a whole is not there before the last. */
function waitLines(
  release: string,
  components: readonly string[],
  wait: string,
  table: readonly string[] | null,
): string[] {
  // What nobody sees is in no word of a script; a component that holds it cannot be asked for.
  const asked = components.filter((component) => shownByNumber(component, 'name') === component);
  const others = components.filter((component) => !asked.includes(component));
  const words = ['release-matrix', 'check', release, ...asked.flatMap((one) => ['--only', one]), '--wait', wait];
  return [
    ...others.map((one) => comment(`Not waited for, as its name cannot be typed: ${one}`)),
    ...(asked.length === 0
      ? []
      : [
          table === null
            ? comment(`Standard input cannot be read again: wait here for ${asked.join(', ')}.`)
            : [...words, ...table].map((word) => shellWord(word)).join(' '),
        ]),
  ];
}

function rollBackLines(plan: RollBackPlan, { command }: ScriptOptions): string[] {
  const { release, environment, waves, left, done } = plan;
  return [
    comment(`${environment} back to ${release}: ${left} left, ${done} done, read ${plan.readAt}`),
    ...skipComments(plan),
    ...plan.notes.map(comment),
    'set -eu',
    ...waves.flatMap(({ types, steps }, at) => [
      '',
      comment(`wave ${at + 1} of ${waves.length}: ${types.join(', ')}`),
      ...steps.map(({ component, name, workloadKind: kind, namespace, image }) =>
        filled(
          command,
          { component, name, kind, namespace, environment, image, release },
          `${kind ?? component} ${name} in ${environment} is to run ${image}`,
        ),
      ),
      ...(command === null || at === waves.length - 1
        ? []
        : [comment('Wait here until these are rolled out, unless the commands do.')]),
    ]),
    '',
    ...(left > 0 && command === null
      ? failing('Nothing was done: give the command of a step by --command.')
      : [comment(left === 0 ? 'Nothing is left.' : 'Then publish what runs, so that the table says so.')]),
  ];
}

/**
 * The command of a step, or what is to be done by hand: where a value is not known, or is more than a plain word. Such a
 * one may mean something to whatever the command hands it to, however it is quoted here.
 */
function filled(command: string | null, values: Readonly<Record<string, string | null>>, words: string): string {
  if (command === null) return comment(`To do: ${words}`);
  const used = [...command.matchAll(PLACEHOLDER)].map(([, name]) => values[name ?? ''] ?? null);
  if (used.some((value) => value === null || value.startsWith('-') || shellWord(value) !== value)) {
    return comment(`By hand, as not all that the command needs is a plain word: ${words}`);
  }
  return command.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
}

function failing(sentence: string): string[] {
  return [`echo ${shellWord(sentence)} >&2`, 'exit 1'];
}

function skipComments(plan: Plan): string[] {
  return groupedSkips(plan)
    .filter(({ code }) => code !== 'already')
    .map(({ code, components, words }) => comment(`${code}: ${components.join(', ')}: ${words}`));
}

/** What needs no step, the components of which the same is said together. */
export function groupedSkips(plan: Plan): (Pick<Plan['skips'][number], 'code' | 'words'> & {
  readonly components: readonly string[];
})[] {
  const groups = groupBy<Plan['skips'][number]>(plan.skips, ({ code, words }) => `${code}\n${words}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ code, words }) => ({ code, words, components: group.map(({ component }) => component) })),
  );
}

/** On one line whatever it holds. */
function comment(text: string): string {
  return `# ${shownByNumber(text, 'line')}`;
}

import { z } from 'zod';
import { WEIGHED_STAGES } from '../release/item/release.ts';
import { shownText } from '../release/text/hidden-characters.ts';

/** A question that an assistant may ask: a command that only reads, whose answer is JSON. */
export interface AssistantTool {
  readonly name: string;
  readonly description: string;
  readonly asks: z.ZodObject;
  /** The command line that answers it. @param asked as `asks` has read it */
  words(asked: Readonly<Record<string, string | undefined>>): readonly string[];
}

const release = z.string().min(1).max(1024).describe('A release’s tag: v1.4.0, v1.4.0-rc.2');
const environment = z.string().min(1).max(256).describe('An environment: prod');
const owner = z.string().min(1).max(256).describe('List only what this owner owns: payments');
const stage = z.enum(WEIGHED_STAGES);

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, value];
/** What begins with a dash is no option. */
const plain = (...values: readonly (string | undefined)[]): readonly string[] => [
  '--',
  ...values.filter((value) => value !== undefined),
];

/** Named as the commands are, in the order in which somebody would ask. */
export const ASSISTANT_TOOLS: readonly AssistantTool[] = [
  {
    name: 'check',
    description: 'Whether a release may go on (pass, fail, unknown), and every finding with what to do about it.',
    asks: z.strictObject({
      release,
      as: stage.describe('Judge it as if it were this stage already').optional(),
      since: release.describe('Which findings are new, still there or fixed since this release; prev').optional(),
      environment: environment.describe('Before rolling out there: it may be frozen').optional(),
      owner: owner
        .describe('List only what is found of what this owner owns; the verdict stays the release’s')
        .optional(),
    }),
    words: ({ release, as, since, environment, owner }) => [
      'check',
      ...option('as', as),
      ...option('since', since),
      ...option('environment', environment),
      ...option('owner', owner),
      '--format',
      'json',
      ...plain(release),
    ],
  },
  {
    name: 'compare',
    description: 'What changed between two releases, or two environments, by component.',
    asks: z.strictObject({
      from: release.describe('v1.3.0; @prod: what runs there; prev: the stable release before'),
      to: release.describe('v1.4.0, @staging'),
      owner: owner.optional(),
    }),
    words: ({ from, to, owner }) => ['compare', ...option('owner', owner), '--format', 'json', ...plain(from, to)],
  },
  {
    name: 'deployed',
    description: 'What runs in each environment, or in one: release, version, whether it is ready.',
    asks: z.strictObject({ environment: environment.optional(), owner: owner.optional() }),
    words: ({ environment, owner }) => [
      'deployed',
      ...option('environment', environment),
      ...option('owner', owner),
      '--format',
      'json',
    ],
  },
  {
    name: 'find',
    description: 'In which releases a change is, and where it runs.',
    asks: z.strictObject({
      change: z
        .string()
        .min(1)
        .max(1024)
        .describe(
          'A commit, a pull request (#12), a ticket (PAY-9), a digest, an image, component@version, or the address of one',
        ),
    }),
    words: ({ change }) => ['find', '--format', 'json', ...plain(change)],
  },
  {
    name: 'evidence',
    description: 'What was tested and signed of a release, what of it holds, and what is asked for.',
    asks: z.strictObject({ release, as: stage.describe('What is asked for at this stage').optional() }),
    words: ({ release, as }) => ['evidence', ...option('as', as), '--format', 'json', ...plain(release)],
  },
  {
    name: 'plan',
    description:
      'What is left to do until a candidate is promoted, or an environment is back at a release. Does nothing.',
    asks: z.strictObject({
      release,
      to: z.string().min(1).max(1024).describe('What it becomes: stable, rc, beta, or a release').optional(),
      environment: environment.describe('The roll-back: the environment in which the release is to run').optional(),
    }),
    words: ({ release, to, environment }) => [
      'plan',
      ...option('to', to),
      ...option('environment', environment),
      '--format',
      'json',
      ...plain(release),
    ],
  },
];

/** So much of an answer has room in a conversation: entries of a list, characters of a text, and of all of it. */
const MOST = { entries: 60, characters: 400, whole: 60_000 } as const;

/**
 * An answer as an assistant gets it: lists and texts cut, with how much was left out, and what cannot be seen in a text
 * said. What pipelines wrote is data, whatever it says.
 *
 * @param json what a command printed
 */
export function answerText(json: string): string {
  for (let entries: number = MOST.entries; ; entries = Math.floor(entries / 2)) {
    const text = JSON.stringify(bounded(JSON.parse(json), entries));
    if (text.length <= MOST.whole) return text;
    if (entries <= 1) return `${text.slice(0, MOST.whole)}… (cut: ask for less)`;
  }
}

function bounded(value: unknown, entries: number): unknown {
  if (typeof value === 'string') {
    const shown = shownText(value, 'line');
    const rest = shown.length - MOST.characters;
    return rest > 0 ? `${shown.slice(0, MOST.characters)}… (${rest} characters more)` : shown;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, entries).map((one) => bounded(one, entries));
    return value.length > entries ? [...kept, `… ${value.length - entries} more`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value);
  const kept = own.slice(0, entries).map(([name, one]) => [shownText(name, 'line'), bounded(one, entries)]);
  return Object.fromEntries(own.length > entries ? [...kept, ['…', `${own.length - entries} more`]] : kept);
}

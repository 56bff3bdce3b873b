import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What expressions may speak of, by the names of GitHub's contexts. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How a job has gone so far. */
export type Status = 'success' | 'failure' | 'cancelled';

const STATUS_FUNCTIONS = ['success', 'failure', 'cancelled', 'always'] as const;

function evaluate(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
  const info = STATUS_FUNCTIONS.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const functions = info.map(
    (one) =>
      [one.name, { ...one, call: () => new data.BooleanData(one.name === 'always' || one.name === status) }] as const,
  );
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), info).parse();
  const values: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(tree, values, new Map(functions)).evaluate();
}

/**
 * A value of a workflow with its expressions evaluated.
 *
 * @throws Error for an expression that GitHub would refuse: an unknown context or function, a typing error
 */
export function filledIn(text: string, contexts: Contexts, status: Status = 'success'): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), contexts, status).coerceString(),
  );
}

/** Whether a condition holds. Where it names no status, it is of those that hold only as long as all has gone well. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  const text = (condition ?? '').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim();
  const ofStatus = STATUS_FUNCTIONS.some((name) => new RegExp(`\\b${name}\\s*\\(`).test(text));
  if (!ofStatus && status !== 'success') return false;
  if (text === '') return true;
  const value = evaluate(text, contexts, status);
  return value.kind === data.Kind.Boolean ? value.coerceString() === 'true' : !['', '0'].includes(value.coerceString());
}

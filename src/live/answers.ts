import type { Answer, Asks, Known, QuestionName } from '../views/questions.ts';
import { answerRejected } from '../views/rejected/rejected-answer.ts';
import { laterPart } from './server-secret.ts';

const compare = laterPart(() => import('../views/compare/compare-answer.ts'));
const environments = laterPart(() => import('../views/environments/environments-answer.ts'));
const exports = laterPart(() => import('../views/export/export-answer.ts'));

/** How each question is answered. What most visits never ask for is loaded when it is first asked. */
export const ANSWERS: {
  readonly [Name in QuestionName]: (known: Known, asks: Asks<Name>) => Answer<Name> | Promise<Answer<Name>>;
} = {
  compare: async (known, asks) => (await compare()).answerCompare(known, asks),
  comparedChangelogs: async (known, asks) => (await compare()).answerComparedChangelogs(known, asks),
  comparedMarkdown: async (known, asks) => (await compare()).answerComparedMarkdown(known, asks),
  environments: async (known, asks) => (await environments()).answerEnvironments(known, asks),
  export: async (known, asks) => (await exports()).answerExport(known, asks),
  rejected: answerRejected,
};

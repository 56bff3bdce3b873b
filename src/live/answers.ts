import { answerProblem } from '../views/filters/problem-answer.ts';
import type { Answer, Asks, Known, QuestionName } from '../views/questions.ts';
import { answerRejected } from '../views/rejected/rejected-answer.ts';
import { laterPart } from './server-secret.ts';

const exports = laterPart(() => import('../views/export/export-answer.ts'));
const findings = laterPart(() => import('../views/findings/findings-answer.ts'));
const search = laterPart(() => import('../views/search/search-answer.ts'));

/** How each question is answered. What most visits never ask for is loaded when it is first asked. */
export const ANSWERS: {
  readonly [Name in QuestionName]: (known: Known, asks: Asks<Name>) => Answer<Name> | Promise<Answer<Name>>;
} = {
  export: async (known, asks) => (await exports()).answerExport(known, asks),
  findings: async (known, asks) => (await findings()).answerFindings(known, asks),
  problem: answerProblem,
  rejected: answerRejected,
  search: async (known, asks) => (await search()).answerSearch(known, asks),
};

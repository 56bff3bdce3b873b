import type { Answer, Asks, Known, QuestionName } from '../views/questions.ts';
import { answerRejected } from '../views/rejected/rejected-answer.ts';
import { laterPart } from './server-secret.ts';

const activity = laterPart(() => import('../views/activity/activity-answer.ts'));
const details = laterPart(() => import('../views/details/details-answer.ts'));
const exports = laterPart(() => import('../views/export/export-answer.ts'));
const releases = laterPart(() => import('../views/release/release-answer.ts'));
const yamlTexts = laterPart(() => import('../release/text/yaml-text.ts'));

/** How each question is answered. What most visits never ask for is loaded when it is first asked. */
export const ANSWERS: {
  readonly [Name in QuestionName]: (known: Known, asks: Asks<Name>) => Answer<Name> | Promise<Answer<Name>>;
} = {
  activity: async (known, asks) => (await activity()).answerActivity(known, asks),
  changelogs: async (known, asks) => (await releases()).answerChangelogs(known, asks),
  details: async (known, asks) => (await details()).answerDetails(known, asks),
  export: async (known, asks) => (await exports()).answerExport(known, asks),
  manifest: async (known, asks) =>
    (await releases()).answerManifest(known, asks, async () => (await yamlTexts()).yamlText),
  rehearsal: async (known, asks) => (await releases()).answerRehearsal(known, asks),
  rejected: answerRejected,
  release: async (known, asks) => (await releases()).answerRelease(known, asks),
  releaseFindings: async (known, asks) => (await releases()).answerReleaseFindings(known, asks),
};

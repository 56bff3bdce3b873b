import { answerProblem } from '../views/filters/problem-answer.ts';
import type { Answer, Asks, Known, QuestionName } from '../views/questions.ts';
import { answerRejected } from '../views/rejected/rejected-answer.ts';
import { laterPart } from './later-part.ts';
import type { Beyond } from './one-file.ts';
import { inSlices } from './slices.ts';

const cards = laterPart(() => import('../views/matrix/card-answer.ts'));
const compare = laterPart(() => import('../views/compare/compare-answer.ts'));
const environments = laterPart(() => import('../views/environments/environments-answer.ts'));
const exports = laterPart(() => import('../views/export/export-answer.ts'));
const findings = laterPart(() => import('../views/findings/findings-answer.ts'));
const search = laterPart(() => import('../views/search/search-answer.ts'));
const activity = laterPart(() => import('../views/activity/activity-answer.ts'));
const details = laterPart(() => import('../views/details/details-answer.ts'));
const components = laterPart(() => import('../views/details/component-answer.ts'));
const changes = laterPart(() => import('../views/release/changes-answer.ts'));
const plans = laterPart(() => import('../views/release/plan-answer.ts'));
const releases = laterPart(() => import('../views/release/release-answer.ts'));
const yamlTexts = laterPart(() => import('../release/text/yaml-text.ts'));

const oneFiles = laterPart(() => import('./one-file.ts'));

/** How each question is answered. What most visits never ask for is loaded when it is first asked. */
export const ANSWERS: {
  readonly [Name in QuestionName]: (
    known: Known,
    asks: Asks<Name>,
    beyond: Beyond,
  ) => Answer<Name> | Promise<Answer<Name>>;
} = {
  compare: async (known, asks) => (await compare()).answerCompare(known, asks),
  comparedChangelogs: async (known, asks) => (await compare()).answerComparedChangelogs(known, asks),
  environments: async (known, asks) => (await environments()).answerEnvironments(known, asks),
  export: async (known, asks) => (await exports()).answerExport(known, asks),
  oneFile: async (known, asks, beyond) => (await oneFiles()).answerOneFile(known, asks, beyond),
  findings: async (known, asks) => (await findings()).answerFindings(known, asks),
  card: async (known, asks) => (await cards()).answerCard(known, asks),
  problem: answerProblem,
  rejected: answerRejected,
  search: async (known, asks) => (await search()).answerSearch(known, asks),
  where: async (known, asks) => (await search()).answerWhere(known, asks),
  activity: async (known, asks) =>
    inSlices((await activity()).activitySteps(known, asks), new AbortController().signal),
  details: async (known, asks) => (await details()).answerDetails(known, asks),
  component: async (known, asks) => (await components()).answerComponent(known, asks),
  manifest: async (known, asks) =>
    (await releases()).answerManifest(known, asks, async () => (await yamlTexts()).yamlText),
  release: async (known, asks) => (await releases()).answerRelease(known, asks),
  releaseChangelogs: async (known, asks) => (await changes()).answerReleaseChangelogs(known, asks),
  releaseChanges: async (known, asks) => (await changes()).answerReleaseChanges(known, asks),
  releasePlan: async (known, asks) => (await plans()).answerReleasePlan(known, asks),
  releaseFindings: async (known, asks) => (await releases()).answerReleaseFindings(known, asks),
};

import { KNOWN_TYPES } from '../release/item/component.ts';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import type { Item } from '../release/item/item.ts';
import { daysAfter } from './days.ts';
import { keysOf } from './fragments.ts';

/**
 * The demo team's policy, as the table holds it: since v1.6.0 every component of the five types is required, one of them
 * tagged only where it has changed; one fault is waived and one waiver has run out; v1.7.0 is due, betas since then are to
 * be tested, and persons are to sign what becomes of them; production will be frozen. Without a roster nothing could be
 * unexpected, and without a waiver none could expire; of the lines before, the roster is inferred, so that a patch of a
 * part is a question. An old alpha is withdrawn.
 *
 * @param now ISO 8601: the waivers' days are relative to it
 */
export function demoPolicyItem(now: string): Item {
  const day = (days: number) => daysAfter(now, days).toISOString().slice(0, 10);
  const document = {
    graceMinutes: 60,
    evidence: [
      ...['smoke', 'e2e'].map((name) => ({ name, stages: ['beta'], releases: '>=1.7' })),
      { name: 'regression', stages: ['beta'], releases: '~1.7' },
      { name: 'qa', by: 'person', stages: ['rc', 'stable'], releases: '>=1.7' },
      { name: 'release-manager', by: 'person', stages: ['stable'], releases: '>=1.7' },
    ],
    lines: { '1.7': { due: day(12), manager: 'release-managers' } },
    freezes: [{ environment: 'prod', from: day(20), to: day(31), reason: 'Stocktaking' }],
    roster: [
      { component: 'infra#tf-kafka', expectation: 'carried', releases: '>=1.6.0' },
      ...KNOWN_TYPES.map((type) => ({ component: `${type}#*`, expectation: 'required', releases: '>=1.6.0' })),
    ],
    waivers: [
      {
        code: 'scaled-to-zero',
        component: 'k8s#fraud-scoring',
        release: 'v1.5.0',
        reason: 'Switched off while the model is retrained',
        by: 'payments',
        expires: day(5),
      },
      {
        code: 'readiness-unknown',
        component: 'k8s#worker',
        release: 'v1.5.1',
        reason: 'The status exporter is being replaced',
        by: 'growth',
        expires: day(-9),
      },
    ],
    withdrawn: [
      {
        release: 'v1.2.0-alpha.1',
        reason: 'Its migration of the ledger deletes rows',
        by: 'payments',
        date: day(-150),
      },
    ],
  };
  return {
    ...keysOf(POLICY_ITEM.release, POLICY_ITEM.component),
    document: JSON.stringify(document, null, 2),
    publishedAt: daysAfter(now, -40).toISOString(),
  };
}

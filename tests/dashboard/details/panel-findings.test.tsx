import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { FragmentDetails } from '../../../src/dashboard/details/FragmentDetails.tsx';
import type { Item } from '../../../src/release/item/item.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../../views/known-of.ts';
import { Answered } from '../answered.tsx';
import { START } from '../start.ts';

const RUNS = { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3 };

/** Newest first: v1.4.0 lacks the api and waits for a replica in prod; v1.4.0-rc.1 has the api, as no stable has it. */
const ITEMS: readonly Item[] = [
  item('v1.4.0', 'k8s#prod-deployment/web', { ...RUNS, readyReplicas: 2 }),
  item('v1.4.0-rc.1', 'backend#api', { componentVersion: '9.9.9' }),
  item('v1.3.0', 'backend#api', { componentVersion: '1.3.0', owner: 'payments' }),
  item('v1.3.0', 'k8s#prod-deployment/web', RUNS),
  item('v1.2.0', 'backend#api', { componentVersion: '1.2.0' }),
  item('v1.2.0', 'k8s#prod-deployment/web', RUNS),
  item('v1.2.0', 'no-fragment'),
];

async function open(release: string, component: string, policy: unknown = undefined) {
  render(
    <Answered known={knownOf(reportOf(ITEMS, policyOf(policy)))}>
      <FragmentDetails start={START} release={release} component={component} />
    </Answered>,
  );
  const panel = within(screen.getByRole('complementary', { name: 'Fragment details' }));
  await panel.findByRole('heading', { level: 2 });
  return panel;
}

describe('the findings in the panel', () => {
  it('say what, why, what to do, by which rule and where', async () => {
    const [card] = (await open('v1.4.0', 'k8s#web')).getAllByRole('article');
    expect(card).toHaveTextContent(
      '■web in prod: 2 of 3 ready2 of 3 replicas are ready.Look at the roll-out of web; publish again once it is finished.Error · rule not-ready · in prod ·About this check',
    );
  });

  it('say who has waived them, until when and why', async () => {
    const waiver = {
      code: 'not-ready',
      release: 'v1.4.0',
      reason: 'one node is down',
      by: 'ops',
      expires: '2026-11-25',
    };
    const [card] = (await open('v1.4.0', 'k8s#web', { waivers: [waiver] })).getAllByRole('article');
    expect(card).toHaveTextContent(/^◇web in prod: 2 of 3 ready/);
    expect(card).toHaveTextContent(
      /Waived byopsUntil2026-11-25 ▲ ends within a weekReasonone node is downError, waived · rule not-ready/,
    );
  });

  it('explain their check in the page itself', async () => {
    const user = userEvent.setup();
    const panel = await open('v1.4.0', 'k8s#web');
    const button = panel.getByRole('button', { name: 'About this check' });
    await user.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const about = await panel.findByRole('region', { name: 'About not-ready' });
    await within(about).findByText(/Waive it/);
    expect(panel.queryAllByRole('link')).toEqual([]);
    await user.click(button);
    expect(panel.queryByRole('region', { name: 'About not-ready' })).toBeNull();
  });
});

describe('the release in the panel', () => {
  it('has its verdict, and what is found of it as a whole behind a count', async () => {
    const user = userEvent.setup();
    const release = within((await open('v1.2.0', 'backend#api')).getByRole('region', { name: 'This release' }));
    expect(release.getByText('completeness unknown, 1 finding blocks')).toBeVisible();
    expect(release.getByText(/fail/)).toBeVisible();
    expect(release.getByText('An item of v1.2.0 cannot be read')).not.toBeVisible();
    await user.click(release.getByText('1 finding of the release as a whole, 1 blocks'));
    expect(release.getByText('An item of v1.2.0 cannot be read')).toBeVisible();
  });

  it('says how many findings block it', async () => {
    const release = (await open('v1.4.0', 'k8s#web')).getByRole('region', { name: 'This release' });
    expect(release).toHaveTextContent('This release✕ fail1 of 2 components, 2 findings block');
  });
});

describe('a component that is carried over', () => {
  const policy = { roster: [{ component: 'backend#api', expectation: 'carried' }, { component: 'k8s#*' }] };

  it('says from where, and shows the stable fragment, not that of a newer pre-release', async () => {
    const panel = await open('v1.4.0', 'backend#api', policy);
    expect(panel.getByText(/carried over from/)).toHaveTextContent(
      '1.3.0, carried over from v1.3.0: not published again for v1.4.0, which the policy allows.',
    );
    const inherited = panel.getByRole('region', { name: 'Carried over fragment · from v1.3.0' });
    expect(inherited).toHaveTextContent(/Component version1\.3\.0.*Ownerpayments/);
  });
});

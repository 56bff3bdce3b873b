import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { PageStart } from '../../../src/contract/local-server.ts';
import { FindingCard } from '../../../src/dashboard/elements/FindingCard.tsx';
import { TableCommandsContext, tableCommands } from '../../../src/dashboard/elements/table-command.ts';
import type { Finding } from '../../../src/release/finding/finding.ts';

const FINDING: Finding = {
  code: 'scaled-to-zero',
  severity: 'warning',
  release: 'v1.4.0',
  component: 'k8s#web',
  environment: 'prod',
  details: {},
  waived: null,
};
const START: PageStart = {
  source: { kind: 'aws', profile: 'acme', endpoint: 'https://dynamodb.eu-central-1.amazonaws.com' },
  table: 'ReleaseFragments',
  region: 'eu-central-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5_000,
  readUnitsPerHour: 5_000,
};

async function open(finding: Finding = FINDING, start: Partial<PageStart> = {}) {
  const user = userEvent.setup();
  render(
    <TableCommandsContext value={tableCommands({ ...START, ...start })}>
      <FindingCard finding={finding} />
    </TableCommandsContext>,
  );
  const button = screen.getByRole('button', { name: /^(Waive|Renew the waiver)…$/ });
  await user.click(button);
  const form = within(screen.getByRole('region', { name: `Waive ${finding.code}` }));
  const fill = async (label: string, text: string) => {
    await user.clear(form.getByLabelText(label));
    if (text !== '') await user.type(form.getByLabelText(label), text);
  };
  return { user, button, form, fill };
}

const command = (form: Awaited<ReturnType<typeof open>>['form']) =>
  form.getByRole('region', { name: 'command that waives it' }).textContent;

describe('the form of a waiver', () => {
  it('is filled in with what the finding is about, and asks for what only a person knows', async () => {
    const { form, fill } = await open();
    const values = ['Reason', 'Release', 'Component', 'Environment'].map(
      (label) => (form.getByLabelText(label) as HTMLInputElement).value,
    );
    expect(values).toEqual(['', 'v1.4.0', 'k8s#web', 'prod']);
    expect(form.getByLabelText<HTMLInputElement>('Until').value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(form.getByText('Say why, and the command is here.')).toBeVisible();
    expect(form.queryByRole('button', { name: /^Copy/ })).toBeNull();
    await fill('Until', '2026-12-31');
    await fill('Reason', "It's retrained");
    expect(command(form)).toBe(
      `release-matrix policy waive scaled-to-zero --release v1.4.0 --component 'k8s#web' --environment prod --until 2026-12-31 --reason 'It'"'"'s retrained' --table ReleaseFragments --region eu-central-1 --profile acme`,
    );
    expect(form.getByRole('button', { name: 'Copy command that waives it' })).toBeVisible();
  });

  it('takes a wider scope', async () => {
    const { form, fill } = await open();
    await fill('Until', '2026-12-31');
    await fill('Reason', 'r');
    await fill('Release', '>=1.4 <1.5');
    await fill('Component', '');
    await fill('Environment', '');
    expect(command(form)).toMatch(
      /waive scaled-to-zero --release '>=1\.4 <1\.5' --until 2026-12-31 --reason r --table/,
    );
    await fill('Release', ' ');
    await fill('Reason', '');
    expect(form.getByText('Say why and in which release, and the command is here.')).toBeVisible();
  });

  it('has no component or environment where the finding has none', async () => {
    const { form } = await open({ ...FINDING, component: null, environment: null });
    expect([form.queryByLabelText('Component'), form.queryByLabelText('Environment')]).toEqual([null, null]);
  });

  it('renews a waiver with its reason', async () => {
    const waived = { reason: 'retrained', by: 'jane', expires: '2026-11-25', soon: true };
    const { button, form } = await open({ ...FINDING, waived });
    expect(button).toHaveTextContent('Renew the waiver…');
    expect(form.getByLabelText<HTMLInputElement>('Reason').value).toBe('retrained');
  });

  it('what a hostile table holds stays one word of the command', async () => {
    const { form, fill } = await open({ ...FINDING, component: "k8s#$(rm -rf ~)'\n`x`" });
    await fill('Until', '2026-12-31');
    await fill('Reason', 'r');
    expect(command(form)).toContain(`--component 'k8s#$(rm -rf ~)'"'"'\`x\`' --environment prod`);
  });

  it('gives the row where the policy is a file, and says where no command reaches', async () => {
    const ofFile = await open(FINDING, { policy: {} });
    await ofFile.fill('Until', '2026-12-31');
    await ofFile.fill('Reason', 'r');
    const row = ofFile.form.getByRole('region', { name: 'waiver' }).textContent ?? '';
    expect(JSON.parse(row)).toEqual({
      code: 'scaled-to-zero',
      release: 'v1.4.0',
      component: 'k8s#web',
      environment: 'prod',
      reason: 'r',
      by: 'your name',
      expires: '2026-12-31',
    });
  });

  it('of the table inside the server shows the command without a table', async () => {
    const { form, fill } = await open(FINDING, { source: { kind: 'embedded', data: 'demo', simulatedCi: false } });
    await fill('Until', '2026-12-31');
    await fill('Reason', 'r');
    expect(command(form)).toMatch(/^release-matrix policy waive .* --reason r$/);
    expect(form.getByText(/^No command reaches this table/)).toBeVisible();
  });

  it('is closed by Escape alone, which leads back to its button', async () => {
    const { user, button, form } = await open();
    await user.click(form.getByLabelText('Reason'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Waive scaled-to-zero' })).toBeNull();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-expanded', 'false');
  });

  it('is not there where nobody says which table it is', () => {
    render(<FindingCard finding={FINDING} />);
    expect(screen.queryByRole('button', { name: 'Waive…' })).toBeNull();
  });
});

import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SafeLink } from '../../../src/dashboard/elements/SafeLink.tsx';

test.each<[string, string | null, string, { seen: boolean; title: string | null }]>([
  ['https://github.com/a', null, 'github.com', { seen: true, title: null }],
  ['https://github.com/a', 'github.com', 'github.com', { seen: false, title: 'https://github.com/a' }],
  // Of what only begins or looks like the host that is said, its own stands beside it.
  ['https://github.com.evil.example/a', 'github.com', 'github.com.evil.example', { seen: true, title: null }],
  ['https://github.com:8443/a', 'github.com', 'github.com:8443', { seen: true, title: null }],
  ['https://gіthub.com/a', 'github.com', 'xn--gthub-n2e.com', { seen: true, title: null }],
])('%s where the list says %j: its host is %s', (address, saidHost, host, { seen, title }) => {
  render(<SafeLink label="commits" address={address} saidHost={saidHost} />);
  // For a screen reader it is there in any case.
  expect(screen.getByText(host).classList.contains('sr-only')).toBe(!seen);
  expect(screen.getByRole('link', { name: 'commits' }).getAttribute('title')).toBe(title);
});

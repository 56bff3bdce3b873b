import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readRelease } from '../../../src/release/item/release.ts';

const TERMS = '../../../src/release/policy/policy-terms.ts';

/** As in a page that nobody has written a range in yet. */
async function fresh() {
  vi.resetModules();
  const { useReadableVersion } = await import('../../../src/dashboard/filters/range-reader.ts');
  const { readVersionFilter } = await import('../../../src/views/filters/version-filter.ts');
  const applied = (written: string) =>
    renderHook(({ version }) => useReadableVersion(version), { initialProps: { version: written } });
  return { applied, readVersionFilter };
}

beforeEach(() => vi.doUnmock(TERMS));

describe('the version filter', () => {
  it('applies a text at once', async () => {
    const { applied } = await fresh();
    const { result, rerender } = applied('');
    expect(result.current).toBe('');
    rerender({ version: 'rc' });
    expect(result.current).toBe('rc');
  });

  it('keeps what was applied till the first range can be read, and then reads each at once', async () => {
    const { applied, readVersionFilter } = await fresh();
    const { result, rerender } = applied('rc');
    rerender({ version: '~1.4' });
    expect(result.current).toBe('rc');
    await vi.waitFor(() => expect(result.current).toBe('~1.4'));
    expect(readVersionFilter('~1.4').matches(readRelease('v1.5.0'))).toBe(false);
    rerender({ version: '>=2' });
    expect(result.current).toBe('>=2');
  });

  it('of a page that is opened with a range says nothing before it can be read', async () => {
    const { applied } = await fresh();
    const { result } = applied('~1.4');
    expect(result.current).toBeNull();
    await vi.waitFor(() => expect(result.current).toBe('~1.4'));
  });

  it('does not bring back a range that was deleted before it could be read', async () => {
    const { applied } = await fresh();
    const { result, rerender } = applied('');
    rerender({ version: '~1.4' });
    rerender({ version: 'rc' });
    await act(() => import(TERMS));
    expect(result.current).toBe('rc');
  });

  it('says so where the reader cannot be loaded, and hides nothing', async () => {
    vi.doMock(TERMS, () => Promise.reject(new Error('The server is gone.')));
    const { applied, readVersionFilter } = await fresh();
    const { result } = applied('~1.4');
    await vi.waitFor(() => expect(result.current).toBe('~1.4'));
    const { fault, matches } = readVersionFilter('~1.4');
    expect(fault).toBe('“~1.4” cannot be read, as a part of the page could not be loaded.');
    expect(matches(readRelease('v1.5.0'))).toBe(true);
  });
});

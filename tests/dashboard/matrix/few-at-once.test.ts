import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFewAtOnce } from '../../../src/dashboard/matrix/few-at-once.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** The list as it is drawn: as it came, and after each frame. */
function drawnWith(first: number, urgent = '') {
  const { result, rerender } = renderHook((wanted: readonly string[]) => useFewAtOnce(wanted, first, 2, urgent), {
    initialProps: ROWS.slice(0, 4),
  });
  const now = () => [...result.current].join('');
  const frame = () => {
    act(() => vi.advanceTimersToNextFrame());
    act(() => vi.advanceTimersByTime(1));
    return now();
  };
  return { now, frame, rerender };
}

test('what comes with the list is drawn as asked, and of the rest a few more behind each frame', () => {
  const { now, frame } = drawnWith(1);
  expect([now(), frame(), frame(), frame()]).toEqual(['a', 'abc', 'abcd', 'abcd']);
  const whole = drawnWith(Number.POSITIVE_INFINITY);
  expect([whole.now(), whole.frame()]).toEqual(['abcd', 'abcd']);
});

test('what has been drawn stays, what is no longer wanted goes at once, and what is new comes a few at a time', () => {
  const { now, frame, rerender } = drawnWith(Number.POSITIVE_INFINITY);
  rerender(ROWS.slice(3));
  expect([now(), frame(), frame()]).toEqual(['def', 'defg', 'defg']);
});

test('what is urgent waits for no frame', () => {
  const { now, frame, rerender } = drawnWith(1, 'g');
  expect([now(), frame()]).toEqual(['a', 'abc']);
  rerender(ROWS.slice(4));
  expect([now(), frame()]).toEqual(['efg', 'efg']);
});

test('asks for no frame once all is drawn', () => {
  const { frame } = drawnWith(1);
  for (let more = 0; more < 3; more++) frame();
  expect(vi.getTimerCount()).toBe(0);
});

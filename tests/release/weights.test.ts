import { expect, test } from 'vitest';
import { weightCount } from '../../src/release/finding/weights.ts';

test.each([
  [1, 'error', '1 error'],
  [2, 'error', '2 errors'],
  [1, 'warning', '1 warning'],
  [0, 'warning', '0 warnings'],
  [1, 'info', '1 note'],
  [1234, 'info', '1,234 notes'],
  [1, 'waived', '1 waived'],
  [2, 'waived', '2 waived'],
] as const)('%d of %s', (count, weight, words) => expect(weightCount(count, weight)).toBe(words));

import { expect, test } from 'vitest';
import { progressWords } from '../../../src/dashboard/elements/progress-words.ts';

const at = (read: number, expected: number | null) => ({ read, expected, pages: 1, readUnits: null });

test.each([
  [null, { value: null, text: 'Connecting to the table…' }],
  [at(1_800, 87_882), { value: 2, text: '1,800 of about 87,882 fragments read' }],
  [at(87_882, 87_882), { value: 99, text: '87,882 of about 87,882 fragments read' }],
  [at(90_000, 87_882), { value: 99, text: '90,000 fragments read, more than the 87,882 expected' }],
  [at(1_800, null), { value: null, text: '1,800 fragments read' }],
  [at(12, 0), { value: null, text: '12 fragments read' }],
])('%j', (progress, words) => {
  expect(progressWords(progress)).toEqual(words);
});

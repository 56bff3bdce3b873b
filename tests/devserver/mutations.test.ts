import { expect, test } from 'vitest';
import { findBreach, MUTANTS } from '../attacks/mutants.ts';

// A check that can go without any attack getting through is either not needed or not tested. So each is left out in turn,
// and the list of attacks must find the hole: an answer below 400 that is not to be given, a secret, or an effect.

let found = 0;

test.each(MUTANTS.map((mutant) => [mutant.place, mutant.check, mutant] as const))(
  'without %s.%s an attack gets through',
  async (_place, _check, mutant) => {
    const breach = await findBreach(mutant);
    expect(breach).not.toBeNull();
    found += 1;
  },
  60_000,
);

test('every check was left out once', () => {
  process.stdout.write(`Mutation run: ${found} of ${MUTANTS.length} missing checks let an attack through.\n`);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(15);
  expect(found).toBe(MUTANTS.length);
});

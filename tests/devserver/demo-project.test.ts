import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, ROOT } from '../../src/demo/project.ts';

test('demo and story find the project and the program that is committed with it', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).toMatchObject({ name: 'release-matrix' });
  expect(existsSync(PROGRAM)).toBe(true);
});

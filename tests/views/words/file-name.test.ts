import { expect, test } from 'vitest';
import { fileNamePart } from '../../../src/views/words/file-name.ts';

test.each([
  ['v1.4.0-rc.1', 'v1.4.0-rc.1'],
  ['@prod', 'prod'],
  ['../../etc/passwd', 'etc-passwd'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['***', 'unnamed'],
  ['x'.repeat(100), 'x'.repeat(60)],
])('a file is never called by what somebody else wrote as it is: %j', (text, part) => {
  expect(fileNamePart(text)).toBe(part);
});

import { packagesOf, withoutScripts } from './npm-package.ts';
import type { Adapter } from './tool-output.ts';

const EXPECTED = '`npm pack --json`, `npm publish --json`, or a package.json';

export const npm: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output) {
    const { document, notices } = withoutScripts(output.document(), EXPECTED, 'npm');
    const { drafts, faults } = packagesOf(document, EXPECTED);
    return { drafts, faults, notices: [...notices, ...(drafts.length === 0 ? ['npm packed nothing.'] : [])] };
  },
};

import { packagesOf, withoutScripts } from './npm-package.ts';
import type { Adapter } from './tool-output.ts';

const EXPECTED =
  'pnpm-publish-summary.json, as `pnpm publish -r --report-summary` leaves it, `pnpm publish --json`, or `pnpm pack --json`';

export const pnpm: Adapter = {
  type: null,
  of: 'build',
  place: 'pnpm-publish-summary.json',
  read(output) {
    const { document, notices } = withoutScripts(output.document(), EXPECTED, 'pnpm');
    const { drafts, faults } = packagesOf(document, EXPECTED);
    return { drafts, faults, notices: [...notices, ...(drafts.length === 0 ? ['pnpm published nothing.'] : [])] };
  },
};

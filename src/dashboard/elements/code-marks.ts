import {
  Anchor,
  ArrowUpDown,
  Blocks,
  CalendarClock,
  CircleQuestionMark,
  CircleSlash,
  CopyX,
  FileWarning,
  GitCompareArrows,
  Hammer,
  HeartCrack,
  LoaderCircle,
  type LucideIcon,
  PackageOpen,
  PackagePlus,
  PackageX,
  Puzzle,
  ShieldMinus,
  ShieldQuestionMark,
  SkipForward,
  Split,
  Sprout,
  Tag,
  Ticket,
  Undo2,
  Unplug,
} from 'lucide-react';
import type { FindingCode } from '../../release/finding/finding.ts';

/** What a code is called at the head of its group, and its picture. The code itself always stands beside them. */
export interface CodeMark {
  readonly title: string;
  readonly Icon: LucideIcon;
}

export const CODE_MARKS = {
  'missing-component': { title: 'Missing component', Icon: PackageX },
  'partial-release': { title: 'Part of a release', Icon: PackageOpen },
  'unexpected-component': { title: 'Component that is not in the roster', Icon: PackagePlus },
  'invalid-fragment': { title: 'Cannot be read', Icon: FileWarning },
  'invalid-version': { title: 'Tag of an unusual form', Icon: Tag },
  'immature-version': { title: 'Pre-release or moving tag inside', Icon: Sprout },
  'version-regressed': { title: 'Version went back', Icon: Undo2 },
  'version-mismatch': { title: 'Another version than it should be', Icon: GitCompareArrows },
  'sibling-commit-mismatch': { title: 'One repository, several commits', Icon: Split },
  'rebuilt-after-rc': { title: 'Not what was tested', Icon: Hammer },
  'stage-skipped': { title: 'No release candidate', Icon: SkipForward },
  'image-mismatch': { title: 'Another image runs', Icon: Blocks },
  'not-ready': { title: 'Not ready', Icon: LoaderCircle },
  'readiness-unknown': { title: 'Readiness unknown', Icon: CircleQuestionMark },
  'scaled-to-zero': { title: 'Scaled to zero', Icon: CircleSlash },
  'environment-split': { title: 'Different images in different environments', Icon: Unplug },
  'partial-environment': { title: 'Partly deployed', Icon: Puzzle },
  'environment-inversion': { title: 'Later environment ahead', Icon: ArrowUpDown },
  'schema-policy-missing': { title: 'No evolution policy', Icon: ShieldQuestionMark },
  'schema-policy-weakened': { title: 'Weaker evolution policy', Icon: ShieldMinus },
  'schema-breaking': { title: 'Breaking schema', Icon: HeartCrack },
  'chart-app-mismatch': { title: 'Chart of another version', Icon: Anchor },
  'near-duplicate-name': { title: 'Names that look alike', Icon: CopyX },
  'future-date': { title: 'Dated in the future', Icon: CalendarClock },
  'waiver-expired': { title: 'Waiver has expired', Icon: Ticket },
} satisfies Record<FindingCode, CodeMark>;

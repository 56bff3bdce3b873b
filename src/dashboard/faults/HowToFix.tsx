import type { Fix } from '../../contract/fault-fix.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';

const WHAT = { command: 'command that helps', policy: 'IAM policy' } satisfies Record<
  NonNullable<Fix['copy']>['kind'],
  string
>;

/** What a fault means, and the command or policy that fixes it. Its title is shown by whoever shows this. */
export function HowToFix({ fix }: { readonly fix: Fix }) {
  return (
    <>
      <p>{shownText(fix.explanation)}</p>
      {fix.copy !== null && <CodeBlock text={fix.copy.text} what={WHAT[fix.copy.kind]} />}
    </>
  );
}

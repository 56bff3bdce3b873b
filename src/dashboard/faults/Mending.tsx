import type { Mend } from '../../contract/fault-mend.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';

const WHAT = { command: 'command that helps', policy: 'IAM policy' } satisfies Record<
  NonNullable<Mend['copy']>['kind'],
  string
>;

/** What a fault means, and the command or policy that mends it. Its title is shown by whoever shows this. */
export function Mending({ mend }: { readonly mend: Mend }) {
  return (
    <>
      <p>{shownText(mend.explanation)}</p>
      {mend.copy !== null && <CodeBlock text={mend.copy.text} what={WHAT[mend.copy.kind]} />}
    </>
  );
}

import { PackageOpen } from 'lucide-react';
import type { PageStart } from '../../contract/local-server.ts';
import type { KeyNames } from '../../release/item/item.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { fixContext } from '../elements/fix-context.ts';
import { FullPage } from './FullPage.tsx';
import { firstFragmentCommand } from './first-fragment.ts';

/** The table was read to its end and holds nothing: how to put the first fragment into it. */
export default function EmptyTable({ start, keyNames }: { readonly start: PageStart; readonly keyNames: KeyNames }) {
  return (
    <FullPage
      title={`${start.table} is empty`}
      icon={<PackageOpen size={20} aria-hidden="true" className="text-dim" />}
    >
      {start.source.kind === 'embedded' ? (
        <p>
          The embedded table lives inside the local server, which can fill it: start it with the demo estate (npm run
          dev), or with data of your own (npm run demo).
        </p>
      ) : (
        <>
          <p>
            The table holds no fragments. Each component’s CI publishes one item per release:{' '}
            {shownText(keyNames.release)} holds the release’s tag, {shownText(keyNames.component)} holds its type and
            name. To publish a first one:
          </p>
          <CodeBlock
            text={firstFragmentCommand(fixContext(start), keyNames)}
            what="command that publishes a first fragment"
          />
          <p>It appears here within one poll, without a reload.</p>
        </>
      )}
    </FullPage>
  );
}

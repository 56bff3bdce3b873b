import { clsx } from 'clsx';
import { ChevronRight, Download } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Fragment } from '../../release/item/fragment.ts';
import type { Item } from '../../release/item/item.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { dynamoDbJson, type WireLoss } from '../../store/dynamodb-json.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { VisibleText } from '../elements/VisibleText.tsx';

interface RawItemProps {
  readonly fragment: Fragment;
  readonly table: string;
  readonly ofWhich: string;
}

/** The item as the table holds it, closed at first: an item may be 400 kB, and is turned into text only when asked for. */
export function RawItem({ fragment, table, ofWhich }: RawItemProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded py-0.5 pr-1 text-sm text-dim hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden="true" className={clsx('transition-transform', open && 'rotate-90')} />
        {shownText(`Raw item${ofWhich}`)}
      </button>
      <div id={id}>{open && <Opened fragment={fragment} table={table} ofWhich={ofWhich} />}</div>
    </div>
  );
}

/** What is shown at first, characters. */
const SHOWN = 8000;

const FORMS = ['JSON', 'DynamoDB JSON'] as const;
type Form = (typeof FORMS)[number];

const LOSS_WORDS = {
  sets: 'Lists may have been sets: a reading does not tell them apart.',
  numbers: 'Text that looks like a long number may have been one.',
  unreadable: 'A value that could not be read is not in it.',
} satisfies Record<WireLoss, string>;

function Opened({ fragment, table, ofWhich }: RawItemProps) {
  const [form, setForm] = useState<Form>('JSON');
  const { json, losses } = useMemo(() => written(fragment.item, form), [fragment.item, form]);
  return (
    <div className="mt-1 rounded-md border border-rule bg-page">
      <div className="flex items-center justify-between gap-2 border-b border-rule py-1 pr-1 pl-2.5 text-sm text-dim">
        <span className="truncate">{shownText(`from ${table}`)}</span>
        <span className="flex items-center gap-1">
          <fieldset
            aria-label={shownText(`Form of the raw item${ofWhich}`)}
            className="m-0 flex h-6 items-stretch overflow-hidden rounded-md border border-edge p-0 text-sm"
          >
            {FORMS.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === form}
                title={each === 'DynamoDB JSON' ? 'As aws dynamodb put-item --item takes it' : undefined}
                onClick={() => setForm(each)}
                className={clsx(
                  'px-1.5 whitespace-nowrap -outline-offset-2',
                  each === form ? 'bg-accent-soft font-medium text-ink' : 'text-dim hover:text-ink',
                )}
              >
                {each}
              </button>
            ))}
          </fieldset>
          <CopyButton text={json} what={`raw item${ofWhich}`} />
          <Button
            look="quiet"
            icon
            className="h-6 w-6"
            aria-label={shownText(`Download raw item${ofWhich}`)}
            title={shownText(`Download raw item${ofWhich}`)}
            onClick={() => download(fileNameOf(fragment), json)}
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        </span>
      </div>
      {losses.length > 0 && (
        <p className="border-b border-rule px-2.5 py-1 text-sm text-warning">
          {shownText(losses.map((loss) => LOSS_WORDS[loss]).join(' '))}
        </p>
      )}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section
        tabIndex={0}
        aria-label={shownText(`Raw item${ofWhich} as ${form}`)}
        className="max-h-96 overflow-y-auto p-2.5 font-mono text-sm leading-[1.45]"
      >
        <VisibleText text={json} limit={SHOWN} lines />
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
  );
}

function written(item: Item, form: Form): { readonly json: string; readonly losses: readonly WireLoss[] } {
  if (form === 'JSON') return { json: jsonText(item).trimEnd(), losses: [] };
  const wire = dynamoDbJson(item);
  return { json: jsonText(wire.item).trimEnd(), losses: wire.losses };
}

/** `v1.4.0 k8s#prod-deployment/api` → `v1.4.0_k8s_prod-deployment_api.json`: what every file system takes. */
function fileNameOf({ release, key }: Fragment): string {
  const name = `${release}_${key}`.replace(/[^A-Za-z0-9.+-]+/g, '_').replace(/^\.+/, '');
  return `${name.slice(0, 120)}.json`;
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser has taken the blob by the time the click returns; the address would keep it in memory.
  URL.revokeObjectURL(address);
}

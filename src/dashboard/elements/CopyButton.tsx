import { Check, Copy, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from './Button.tsx';

/** How long the tick stays, milliseconds: long enough to be noticed, short enough to copy again. */
const SHOWN_MS = 1500;

interface CopyButtonProps {
  /** Where it is asked for only once it is wanted: what gets it. */
  readonly text: string | (() => Promise<string>);
  /** What is copied, for the accessible name: "commit" makes "Copy commit". */
  readonly what: string;
  /** Shows a word beside the icon: this one, or “Copy”. */
  readonly worded?: boolean | string;
}

/** Copies a text and says so, or says that the browser did not let it. */
export function CopyButton({ text, what, worded = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    let copied = true;
    try {
      await writeText(text);
    } catch {
      copied = false; // no permission, the page lost the focus meanwhile, or the text cannot be had
    }
    setOutcome(copied ? 'copied' : 'refused');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(null), SHOWN_MS);
  };

  const Icon = outcome === 'copied' ? Check : outcome === 'refused' ? X : Copy;
  const word = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not copied' : 'Copy';
  const label = typeof worded === 'string' && outcome === null ? worded : word;
  return (
    <>
      <Button
        look={worded === false ? 'quiet' : 'plain'}
        icon={worded === false}
        onClick={copy}
        aria-label={shownText(`Copy ${what}`)}
        title={shownText(`Copy ${what}`)}
        className={worded === false ? 'h-6 w-6' : undefined}
      >
        <Icon size={14} aria-hidden="true" className={outcome === 'copied' ? 'text-good' : undefined} />
        {worded !== false && shownText(label)}
      </Button>
      {/* Not a status region: the page has one, and people and tests look for it. */}
      <span aria-live="polite" className="sr-only">
        {outcome === null ? '' : shownText(`${what}: ${word.toLowerCase()}`)}
      </span>
    </>
  );
}

async function writeText(text: string | (() => Promise<string>)): Promise<void> {
  if (typeof text === 'string') return navigator.clipboard.writeText(text);
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await text());
  // At once, with a text that comes later: some browsers allow it no more once the press is over.
  const blob = text().then((got) => new Blob([got], { type: 'text/plain' }));
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}

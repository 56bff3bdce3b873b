import { Download } from 'lucide-react';
import { MANIFEST_FORMATS, type ManifestFormat } from '../../views/params.ts';
import { fileNamePart } from '../../views/words/file-name.ts';
import { Button } from '../elements/Button.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { Segments } from '../elements/Segments.tsx';
import { saveFile } from '../elements/save-file.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { useChangeView } from '../state/page-context.ts';
import { Section } from './Section.tsx';

interface ManifestSectionProps {
  /** Tag. */
  readonly release: string;
  /** It has no fragment, so that there is nothing to list. */
  readonly isEmpty: boolean;
  readonly format: ManifestFormat;
}

const LABELS = { json: 'JSON', yaml: 'YAML' } satisfies Record<ManifestFormat, string>;
const MEDIA_TYPES = { json: 'application/json', yaml: 'application/yaml' } satisfies Record<ManifestFormat, string>;

/** Shown at first, characters; the file and the copy hold all of it. */
const SHOWN = 6000;

/** What the release is made of, in one document to copy or save. */
export function ManifestSection({ release, isEmpty, format }: ManifestSectionProps) {
  const change = useChangeView();
  const written = useAnswer('manifest', isEmpty ? null : { release, format });
  // While it is written anew in another format, that of before is not shown under its name.
  const text = written?.format === format ? written.text : null;
  return (
    <Section
      title="Composite manifest"
      beside={
        !isEmpty && (
          <>
            <Segments
              name="Format"
              options={MANIFEST_FORMATS}
              labels={LABELS}
              chosen={format}
              onChange={(chosen) => change({ manifest: chosen })}
            />
            <span className="ml-auto flex gap-1.5">
              {text !== null && <CopyButton text={text} what={`manifest as ${LABELS[format]}`} worded />}
              <Button
                aria-label={`Download manifest as ${LABELS[format]}`}
                aria-disabled={text === null}
                onClick={() => {
                  if (text !== null) saveFile(`manifest-${fileNamePart(release)}.${format}`, MEDIA_TYPES[format], text);
                }}
              >
                <Download size={14} aria-hidden="true" /> Download
              </Button>
            </span>
          </>
        )
      }
    >
      {isEmpty && <p className="text-dim">There is no fragment of it, so there is nothing to list.</p>}
      {!isEmpty && text === null && <p className="text-dim">Writing…</p>}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      {text !== null && (
        <section
          tabIndex={0}
          aria-label={`Manifest as ${LABELS[format]}`}
          className="max-h-80 overflow-auto rounded-md border border-rule bg-panel p-3 font-mono text-xs leading-5"
        >
          <VisibleText key={format} text={text} limit={SHOWN} lines />
        </section>
      )}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </Section>
  );
}

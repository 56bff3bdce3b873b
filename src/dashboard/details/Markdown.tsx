import { CircleSlash } from 'lucide-react';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import { shownText } from '../../release/hidden-characters.ts';
import { OutsideLink } from './SafeLink.tsx';
import { REFUSAL_WORDS, readLink } from './safe-link.ts';

/**
 * Markdown of a fragment: no HTML of its own (it is text), no image (its words are), no link but to another site by
 * https. To be loaded when it is needed: the parser is larger than the matrix.
 */
export default function Markdown({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={transformUrl}>
      {markInvisible(text)}
    </ReactMarkdown>
  );
}

/** Reads GitHub's Markdown as remark-gfm does, without the half of it that writes Markdown: a seventh of this file. */
function readGfm(this: { data(): object }): void {
  Object.assign(this.data(), { micromarkExtensions: [gfm()], fromMarkdownExtensions: [gfmFromMarkdown()] });
}

const PLUGINS: Options['remarkPlugins'] = [readGfm];

/** An address that is no link stays away from the document; the link's own text stays, with a mark. */
const transformUrl: NonNullable<Options['urlTransform']> = (address, key, node) => {
  if (key !== 'href') return null;
  const link = readLink(address);
  if ('href' in link) return link.href;
  node.properties.title = `${REFUSAL_WORDS[link.refused]}: ${address.slice(0, 120)}`;
  return null;
};

/** What cannot be seen is written out: Markdown must not be the one place where a direction can be turned round. */
function markInvisible(text: string): string {
  return shownText(text.replaceAll('\r\n', '\n'), 'prose');
}

/** All headings are of one level, below those of the panel. */
const Heading: Components['h1'] = ({ children }) => (
  <h5 className="mt-2.5 mb-1 font-semibold first:mt-0">{children}</h5>
);

const COMPONENTS: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  p: ({ children }) => <p className="my-1.5 first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children }) => <ul className="my-1.5 list-disc space-y-0.5 pl-4">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-1.5 list-decimal space-y-0.5 pl-5">
      {children}
    </ol>
  ),
  li: ({ children }) => <li>{children}</li>,
  blockquote: ({ children }) => (
    <blockquote className="my-1.5 border-l-2 border-edge pl-2 text-dim">{children}</blockquote>
  ),
  code: ({ children }) => <code className="rounded-sm bg-panel px-1 py-px font-mono text-[11.5px]">{children}</code>,
  pre: ({ children }) => <pre className="my-1.5 rounded bg-panel p-1.5 whitespace-pre-wrap">{children}</pre>,
  hr: () => <hr className="my-2 border-rule" />,
  table: ({ children }) => <table className="my-1.5 w-full border-collapse text-left text-[12px]">{children}</table>,
  th: ({ children }) => <th className="border border-rule px-1.5 py-0.5 font-medium">{children}</th>,
  td: ({ children }) => <td className="border border-rule px-1.5 py-0.5">{children}</td>,
  sup: ({ children }) => <sup>{children}</sup>,
  section: ({ children }) => <section className="mt-2 border-t border-rule pt-1 text-dim">{children}</section>,
  img: ({ alt }) => <span className="text-dim">{`[image: ${alt || 'without words'}]`}</span>,
  input: ({ checked }) => <span>{checked ? '☑ ' : '☐ '}</span>,
  a: ({ href, title, children }) => {
    const link = href === undefined ? null : readLink(href);
    if (link !== null && 'href' in link) {
      return (
        <>
          <OutsideLink href={link.href}>{children}</OutsideLink>
          {String(children).includes(link.host) ? null : (
            <span className="text-[11px] text-dim">{` ${link.host}`}</span>
          )}
        </>
      );
    }
    return (
      <span title={title}>
        {children}{' '}
        <span className="inline-flex items-center gap-0.5 text-[11px] text-warning">
          <CircleSlash size={10} aria-hidden="true" />
          not a link
        </span>
      </span>
    );
  },
};

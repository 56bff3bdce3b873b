import { type ReactNode, useMemo } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { PlainReason } from './markdown-caps.ts';
import { type MarkdownNode, readMarkdown, textOf } from './markdown-tree.ts';
import { NoLink, OutsideLink } from './SafeLink.tsx';
import { readLink } from './safe-link.ts';
import { VisiblePart } from './VisibleText.tsx';

interface MarkdownProps {
  readonly text: string;
  /** What is drawn instead where that would take too long. */
  readonly plain: (reason: PlainReason) => ReactNode;
}

/**
 * Markdown of a fragment: no HTML of its own (it is text), no image (its words are), no link but to another site by
 * https. What cannot be seen is marked in the decoded text, and each block keeps its writing direction to itself. To be
 * loaded when it is needed: the parser is large.
 */
export default function Markdown({ text, plain }: MarkdownProps) {
  const read = useMemo(() => readMarkdown(text), [text]);
  return typeof read === 'string' ? plain(read) : <Nodes nodes={read} />;
}

function Nodes({ nodes }: { readonly nodes: readonly MarkdownNode[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: nodes have no other name, and a text never reorders
  return nodes.map((node, index) => <Drawn key={index} node={node} />);
}

function Drawn({ node }: { readonly node: MarkdownNode }): ReactNode {
  switch (node.kind) {
    case 'text':
      return <VisiblePart text={node.text} />;
    case 'code_inline':
      return (
        <code dir="auto" className="rounded-sm bg-panel px-1 py-px font-mono text-sm">
          <VisiblePart text={node.text} />
        </code>
      );
    case 'code_block':
      return (
        <pre dir="auto" className="my-1.5 rounded bg-panel p-1.5 font-mono text-sm whitespace-pre-wrap">
          <VisiblePart text={node.text} />
        </pre>
      );
    case 'image':
      return (
        <span className="text-dim">
          [image: <bdi>{node.text.trim() === '' ? 'without words' : <VisiblePart text={node.text} />}</bdi>]
        </span>
      );
    case 'hardbreak':
      return <br />;
    case 'hr':
      return <hr className="my-2 border-rule" />;
    case 'link':
      return <Linked address={node.address} nodes={node.children} />;
    default:
      return <Holder node={node} />;
  }
}

type HolderNode = Extract<MarkdownNode, { children: unknown }>;

function Holder({ node }: { readonly node: Exclude<HolderNode, { kind: 'link' }> }) {
  const children = <Nodes nodes={node.children} />;
  switch (node.kind) {
    case 'heading':
      // All headings are of one level, below those of the panel.
      return (
        <h5 dir="auto" className="mt-2.5 mb-1 font-semibold first:mt-0">
          {children}
        </h5>
      );
    case 'paragraph':
      return (
        <p dir="auto" className="my-1.5 first:mt-0 last:mb-0">
          {children}
        </p>
      );
    case 'bullet_list':
      return <ul className="my-1.5 list-disc space-y-0.5 pl-4">{children}</ul>;
    case 'ordered_list':
      return (
        <ol start={node.start} className="my-1.5 list-decimal space-y-0.5 pl-5">
          {children}
        </ol>
      );
    case 'list_item':
      return (
        <li dir="auto">
          {node.task !== undefined && <span>{node.task === 'done' ? '☑ ' : '☐ '}</span>}
          {children}
        </li>
      );
    case 'blockquote':
      return <blockquote className="my-1.5 border-l-2 border-edge pl-2 text-dim">{children}</blockquote>;
    case 'table':
      return <table className="my-1.5 w-full border-collapse text-left text-sm">{children}</table>;
    case 'thead':
      return <thead>{children}</thead>;
    case 'tbody':
      return <tbody>{children}</tbody>;
    case 'tr':
      return <tr>{children}</tr>;
    case 'th':
      return (
        <th dir="auto" className="border border-rule px-1.5 py-0.5 font-medium">
          {children}
        </th>
      );
    case 'td':
      return (
        <td dir="auto" className="border border-rule px-1.5 py-0.5">
          {children}
        </td>
      );
    case 'em':
      return <em>{children}</em>;
    case 'strong':
      return <strong>{children}</strong>;
    case 's':
      return <s>{children}</s>;
  }
}

function Linked({ address, nodes }: { readonly address: string; readonly nodes: readonly MarkdownNode[] }) {
  const link = readLink(address);
  const text = textOf(nodes);
  if ('href' in link) {
    return (
      <OutsideLink link={link} text={text}>
        {text.trim() === '' ? shownText(link.host) : <Nodes nodes={nodes} />}
      </OutsideLink>
    );
  }
  return (
    <NoLink refused={link.refused} address={address}>
      <Nodes nodes={nodes} />
    </NoLink>
  );
}

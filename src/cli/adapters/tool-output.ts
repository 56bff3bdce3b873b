import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { MAX_RELEASE_NOTES_BYTES } from '../../limits/limits.ts';
import type { FragmentDraft } from '../../release/item/fragment-input.ts';
import { jsonStream } from '../context/json-stream.ts';

/** What a tool left behind cannot be used. The message says what was expected, in one line. */
export class AdapterFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AdapterFault';
  }
}

/** The door to what a tool left behind, so that adapters touch no file system. */
export interface ToolOutput {
  /**
   * The one document that was given: a file, standard input, or text of the command line.
   *
   * @throws AdapterFault where a folder was given
   */
  readonly document: () => string;
  /** A file of the folder that was given, or the file itself where it has that name; null: it is not there. */
  readonly file: (name: string) => string | null;
  /** Whether a folder was given, so that there is no one document. */
  readonly isFolder: boolean;
}

/** What the command line and the run say beside the tool's output. */
export interface AdapterOptions {
  readonly component: string | null;
  readonly environment: string | null;
  readonly tagPattern: string | null;
  /** Versions that what is published may have: the component's own by option or tag, then the release's. */
  readonly versions: readonly string[];
  /** Name of the package at the root of a repository; null: the repository's. */
  readonly nameOfRoot: string | null;
  /** The repository of this run, `owner/name`; null: unknown. */
  readonly repo: string | null;
  /** Containers that are a workload's own. */
  readonly containers: readonly string[];
  /** Environments by namespace; an empty map: each namespace is one; null: the environment is given. */
  readonly environmentOfNamespace: ReadonlyMap<string, string> | null;
  /** Names of Terraform outputs that may be published. */
  readonly allowedOutputs: readonly string[];
  /** Values of a Helm release, JSON; null: not given. */
  readonly values: string | null;
  /** Dotted paths left out of the hash of the values. */
  readonly excludedValues: readonly string[];
}

/** A part of a fragment, to be completed by the command line and the CI's facts. */
export interface AdapterDraft {
  readonly fields: Partial<FragmentDraft>;
  /** The git tag that the component was released by, as the tool says; null: it does not. */
  readonly tag: string | null;
  /** Tags that the tool usually makes, the likeliest first: the first that is there is the tag. */
  readonly likelyTags?: readonly string[];
  /** What counts only where neither the run nor git knows better: labels, the time of a build. The date is of this commit. */
  readonly unconfirmed?: { readonly commit?: string | undefined; readonly date?: string | undefined };
  /** What messages call it: `Deployment orders`; default: the component. */
  readonly place?: string;
}

/** A part of a tool's output that cannot be used. It costs the others nothing. */
export interface AdapterPartFault {
  /** `Deployment orders`. */
  readonly place: string;
  /** What was expected, what came, what to do, without a full stop. */
  readonly fault: string;
}

export interface AdapterReading {
  readonly drafts: readonly AdapterDraft[];
  readonly faults?: readonly AdapterPartFault[];
  /** What was left out, and why. */
  readonly notices: readonly string[];
}

/** What was made of one part of an output. */
export interface PartReading {
  /** Null: nothing is published of it. */
  readonly draft: AdapterDraft | null;
  readonly notices: readonly string[];
  /** The namespace of an object that is left out for it. */
  readonly namespaceLeftOut?: string | undefined;
}

export interface Adapter {
  /** The type of its components where the command line names none; null: it must. */
  readonly type: string | null;
  /**
   * `build`: it speaks of what this run of the CI made, so the CI's repository, commit and date are the component's.
   * `observation`: it speaks of what runs or is registered somewhere, whichever repository asks.
   */
  readonly of: 'build' | 'observation';
  /** What is read where no path was given; null: standard input. */
  readonly place: string | null;
  /** @throws AdapterFault */
  readonly read: (output: ToolOutput, options: AdapterOptions) => AdapterReading;
}

/** Reads documents of which it is known what was expected, so that whatever is wrong with one is told by that. */
export interface Expecting {
  readonly expected: string;
  /** Any number of JSON documents, one after the other, each on a line or over many. */
  readonly documents: (text: string) => unknown[];
  /** @throws AdapterFault where the text is not exactly one JSON document */
  readonly document: (text: string) => unknown;
  /** Reads a value by its shape. @throws AdapterFault naming where it does not fit and what came */
  readonly shaped: <T>(shape: z.ZodType<T>, value: unknown) => T;
  /** @param words what came, or what is wrong with it */
  readonly fault: (words?: string) => AdapterFault;
}

/** @param expected what the tool prints, and by which command */
export function expecting(expected: string): Expecting {
  const fault = (words = '') => new AdapterFault(`expected ${expected}${words}`);
  const documents = (text: string): unknown[] => {
    const read = jsonStream(text);
    if ('fault' in read) {
      const { line, text: received } = read.fault;
      throw fault(`, received ${JSON.stringify(received.slice(0, 60))} (line ${line}), which is not JSON`);
    }
    if (read.documents.length === 0) throw fault(', received nothing');
    return read.documents;
  };
  return {
    expected,
    fault,
    documents,
    document(text) {
      const [document, ...more] = documents(text);
      if (more.length > 0) throw fault(`, received ${more.length + 1} documents`);
      return document;
    },
    shaped(shape, value) {
      const parsed = shape.safeParse(value);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      const path = issue?.path.map(String).join('.') ?? '';
      const wanted = issue?.code === 'invalid_type' ? `expected ${issue.expected}` : (issue?.message ?? 'does not fit');
      const words = `${path === '' ? 'the document' : path}: ${wanted}, received ${shownAt(value, issue?.path ?? [])}`;
      throw fault(`; ${words}`);
    },
  };
}

/** What stands at a path, short enough for a line; of what holds more only what it is, as that may be a secret. */
function shownAt(value: unknown, path: readonly PropertyKey[]): string {
  const at = path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
  if (at === undefined) return 'nothing';
  if (typeof at === 'string') return 'a text';
  if (Array.isArray(at)) return 'a list';
  return typeof at === 'object' && at !== null ? 'an object' : String(at);
}

/**
 * Reads each part of an output on its own, so that a bad one costs the others nothing.
 *
 * @param placeOf what messages call a part
 * @param read may throw AdapterFault
 */
export function readParts<Part, Result>(
  parts: readonly Part[],
  placeOf: (part: Part, index: number) => string,
  read: (part: Part, index: number) => Result,
): { readonly results: Result[]; readonly faults: AdapterPartFault[] } {
  const results: Result[] = [];
  const faults: AdapterPartFault[] = [];
  for (const [index, part] of parts.entries()) {
    try {
      results.push(read(part, index));
    } catch (error) {
      if (!(error instanceof AdapterFault)) throw error;
      faults.push({ place: placeOf(part, index), fault: error.message });
    }
  }
  return { results, faults };
}

/**
 * The parts that could be read, unless none could.
 *
 * @throws AdapterFault with what is wrong with the first, where none could be read
 */
export function someOf<Part>(parts: readonly Part[], faults: readonly AdapterPartFault[]): readonly Part[] {
  const [fault] = faults;
  if (parts.length === 0 && fault !== undefined) throw new AdapterFault(fault.fault);
  return parts;
}

/**
 * What an adapter gives of the parts that it has read.
 *
 * @param before what is said of the output as a whole
 */
export function readingOf(
  parts: readonly PartReading[],
  faults: readonly AdapterPartFault[],
  before: readonly string[],
): AdapterReading {
  const leftOut = new Set(parts.flatMap(({ namespaceLeftOut }) => namespaceLeftOut ?? []));
  return {
    drafts: parts.flatMap(({ draft }) => draft ?? []),
    faults,
    notices: [...before, ...parts.flatMap(({ notices }) => notices), ...namespacesLeftOut(leftOut)],
  };
}

/** What is said of namespaces that `--environment-map` does not hold. */
export function namespacesLeftOut(namespaces: ReadonlySet<string | undefined>): string[] {
  const names = [...namespaces].toSorted().join(', ');
  return names === '' ? [] : [`Left out, as --environment-map does not name their namespaces: what runs in ${names}.`];
}

/**
 * The environment of what runs in a namespace: the given one, or by `--environment-from namespace` that which the map
 * says, or without a map the namespace itself.
 *
 * @returns undefined: none is given; null: the map does not hold the namespace, so it is nobody's environment
 * @throws AdapterFault where the namespace is asked for and not there
 */
export function environmentIn(
  namespace: string | undefined,
  { environment, environmentOfNamespace: map }: AdapterOptions,
): string | null | undefined {
  if (map === null) return environment ?? undefined;
  if (namespace === undefined) {
    throw new AdapterFault('expected a namespace, by which --environment-from names the environment; there is none');
  }
  return map.size === 0 ? namespace : (map.get(namespace) ?? null);
}

/** A text that some versions of a tool leave out, or leave empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || undefined);

/** Leaves out what is undefined, so that it hides nothing that is known otherwise. */
export function given<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The same for further facts, which are all texts. */
export function givenTexts(facts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined);
  return Object.fromEntries(known);
}

/** SHA-256 over canonical JSON (RFC 8785): the same facts in another order have the same hash. */
export function hashOf(value: unknown): string {
  return `sha256:${createHash('sha256')
    .update(canonicalize(value) ?? 'null')
    .digest('hex')}`;
}

/** Colours of a terminal, as release notes made from its output hold them. */
const TERMINAL_CODES = /[^\P{Cc}\n\r\t]\[[0-9;?]*[ -/]*[@-~]/gu;
const CONTROL_CHARACTERS = /[^\P{Cc}\n\r\t]|\p{Cs}/gu;

/** A changelog without what no item may hold: the codes of terminals, other control characters, halves of characters. */
export function printableChangelog(text: string): string {
  return text.replace(TERMINAL_CODES, '').replace(CONTROL_CHARACTERS, '');
}

/** Cuts a changelog that is too long, with a mark that says so. */
export function clippedChangelog(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n');
  const bytes = Buffer.from(plain);
  if (bytes.length <= MAX_RELEASE_NOTES_BYTES) return plain;
  // A character cut in two decodes as U+FFFD at the end.
  const kept = bytes
    .subarray(0, MAX_RELEASE_NOTES_BYTES)
    .toString('utf8')
    .replace(/\ufffd$/, '');
  return `${kept}\n\n[… cut: ${bytes.length} bytes, of which ${MAX_RELEASE_NOTES_BYTES} are kept]`;
}

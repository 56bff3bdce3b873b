import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { FragmentDraft } from '../../release/fragment-input.ts';

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
}

/** What the command line says beside the tool's output. */
export interface AdapterOptions {
  readonly component: string | null;
  readonly environment: string | null;
  readonly tagPattern: string | null;
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
  /** The git tag that the component was released by; null: unknown. */
  readonly tag: string | null;
}

export interface AdapterReading {
  readonly drafts: readonly AdapterDraft[];
  /** What was left out, and why. */
  readonly notices: readonly string[];
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

/** Any number of JSON documents, one after the other or one a line. */
export function jsonDocuments(text: string, expected: string): unknown[] {
  const whole = text.replace(/^\ufeff/, '').trim();
  if (whole === '') throw new AdapterFault(`expected ${expected}, received nothing`);
  try {
    return [JSON.parse(whole)];
  } catch {
    // Several documents, or none at all: the lines will tell.
  }
  return whole.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch {
      const received = JSON.stringify(line.slice(0, 60));
      throw new AdapterFault(`expected ${expected}, received ${received} (line ${index + 1}), which is no JSON`);
    }
  });
}

/** @throws AdapterFault where the text is not exactly one JSON document */
export function jsonDocument(text: string, expected: string): unknown {
  const documents = jsonDocuments(text, expected);
  if (documents.length !== 1) throw new AdapterFault(`expected ${expected}, received ${documents.length} documents`);
  return documents[0];
}

/** Reads a value by its shape. @throws AdapterFault naming what was expected and where it does not fit */
export function shaped<T>(shape: z.ZodType<T>, value: unknown, expected: string): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new AdapterFault(`expected ${expected}; ${path === '' ? 'the document' : path}: ${issue?.message ?? 'is not'}`);
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

/** Release notes fit for an item. */
const MAX_CHANGELOG_BYTES = 64 * 1024;

/** Cuts a changelog that is too long, with a mark that says so. */
export function clippedChangelog(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n');
  const bytes = Buffer.from(plain);
  if (bytes.length <= MAX_CHANGELOG_BYTES) return plain;
  // A character cut in two decodes as U+FFFD at the end.
  const kept = bytes
    .subarray(0, MAX_CHANGELOG_BYTES)
    .toString('utf8')
    .replace(/\ufffd$/, '');
  return `${kept}\n\n[… cut: ${bytes.length} bytes, of which ${MAX_CHANGELOG_BYTES} are kept]`;
}

import { z } from 'zod';
import type { Item } from '../release/item/item.ts';
import { isRecord } from '../store/wire-answer.ts';
import { keysOf } from './fragments.ts';

/** What a file of published releases gave. */
export interface RealData {
  /** Whose releases: “Backstage” or “Flux”. */
  readonly project: string;
  readonly items: readonly Item[];
  /** Releases in the file. */
  readonly releases: number;
  /** Releases of the file that list nothing: there is no item of them, so the table will not show them. */
  readonly empty: readonly string[];
}

/** The file is not what it should be. The message says what was expected and what came. */
export class WrongData extends Error {}

const DATE = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'expected an ISO 8601 time');
const VERSIONS = z.record(z.string().min(1), z.string().min(1));

const BACKSTAGE = z.array(z.object({ release: z.string().min(1), date: DATE, packages: VERSIONS }));
const FLUX = z.array(
  z.object({ release: z.string().min(1), date: DATE, commit: z.string().min(1), components: VERSIONS }),
);

const EXPECTED =
  'Expected a JSON list of Backstage releases {"release", "date", "packages": {name: version}} ' +
  'or of Flux releases {"release", "date", "commit", "components": {name: version}}';

/**
 * Reads a file of published releases as fragments.
 *
 * @param text the file's content
 * @throws WrongData
 */
export function readRealData(text: string): RealData {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new WrongData(`${EXPECTED}; the file is not JSON: ${parserWords(error)}.`);
  }
  if (!Array.isArray(json)) throw new WrongData(`${EXPECTED}; received ${wordsFor(json)}.`);
  const first: unknown = json[0];
  if (isRecord(first) && 'packages' in first) return backstage(parse(BACKSTAGE, json, 'Backstage'));
  if (isRecord(first) && 'components' in first) return flux(parse(FLUX, json, 'Flux'));
  throw new WrongData(`${EXPECTED}; the list begins with ${wordsFor(first)}.`);
}

function backstage(releases: z.infer<typeof BACKSTAGE>): RealData {
  const items = releases.flatMap(({ release, date, packages }) =>
    Object.entries(packages).map(([name, npmVersion]): Item => {
      const type = name.includes('backend') ? 'backend' : 'frontend';
      return { ...keysOf(`v${release}`, `${type}#${name}`), npmVersion, date };
    }),
  );
  return { project: 'Backstage', items, releases: releases.length, empty: emptyOf(releases, (each) => each.packages) };
}

function flux(releases: z.infer<typeof FLUX>): RealData {
  const items = releases.flatMap(({ release, date, commit, components }) =>
    Object.entries(components).flatMap(([name, componentVersion]): Item[] => {
      const image = `ghcr.io/fluxcd/${name}:${componentVersion}`;
      return [
        { ...keysOf(release, `backend#${name}`), componentVersion, artifact: image, commit, date },
        { ...keysOf(release, `k8s#prod-deployment/${name}`), imageRef: image, replicas: 1, readyReplicas: 1, date },
      ];
    }),
  );
  return { project: 'Flux', items, releases: releases.length, empty: emptyOf(releases, (each) => each.components) };
}

function emptyOf<R extends { readonly release: string }>(
  releases: readonly R[],
  versionsOf: (release: R) => Readonly<Record<string, string>>,
): string[] {
  return releases.filter((each) => Object.keys(versionsOf(each)).length === 0).map(({ release }) => release);
}

/** How many faults a message names; a wrong file may have one per release. */
const NAMED_FAULTS = 3;

function parse<T>(schema: z.ZodType<T>, json: unknown, project: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const named = issues.slice(0, NAMED_FAULTS).map(({ path, message }) => `${pathText(path)}: ${message}`);
  const more = issues.length > NAMED_FAULTS ? `; and ${issues.length - NAMED_FAULTS} more` : '';
  throw new WrongData(`The file looks like ${project} releases, but is wrong at ${named.join('; ')}${more}.`);
}

/** `[3].packages["@backstage/cli"]`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === 'number'
        ? `[${part}]`
        : /^[a-z]+$/i.test(String(part))
          ? `.${String(part)}`
          : `[${JSON.stringify(String(part))}]`,
    )
    .join('');
}

function wordsFor(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (!isRecord(value)) return JSON.stringify(value).slice(0, 60);
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 6).join(', ')}`;
}

/** The parser quotes the file, line breaks included. */
function parserWords(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').replace(/\.$/, '') : 'unreadable';
}

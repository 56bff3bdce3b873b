import { FIELD_SHAPES } from '../release/fields.ts';
import { parseImage } from '../release/image.ts';
import { withoutV } from '../release/version.ts';
import { ADAPTER_OF_TOOL, type Tool } from './adapters/adapter-of-tool.ts';
import { type Adapter, type AdapterDraft, AdapterFault, type AdapterReading, given } from './adapters/tool-output.ts';
import { type CiFacts, ciFacts } from './ci-facts.ts';
import { Ending, EXIT } from './exit-codes.ts';
import { readText } from './items-file.ts';
import { manyValues, type PlacedValue } from './many-values.ts';
import { readChangelog, toolOutput } from './publish-files.ts';
import { optionOfField, PLAIN_FIELDS, type PublishOptions } from './publish-options.ts';
import type { Surroundings } from './surroundings.ts';
import { readTag, type VersionScheme, versionOf } from './tag-pattern.ts';

/** What is to be published, not yet checked. */
export interface Drafts {
  readonly values: readonly PlacedValue[];
  /** Address of the CI's run. */
  readonly run: string | null;
  readonly notices: readonly string[];
}

/**
 * Puts together what is to be published: the options go before what a tool says, and that before the CI's facts.
 *
 * @throws Ending (usage)
 */
export async function draftsOf(options: PublishOptions, surroundings: Surroundings): Promise<Drafts> {
  refuseTogether(options);
  const facts = await ciFacts(surroundings, options.tag ?? null);
  const { run, notices } = facts;
  if (options.input !== undefined) {
    const values = manyValues(readText(options.input)).map((one) => ({ ...one, value: completed(one.value, options) }));
    const none = values.length === 0 ? [`${options.input} holds no fragment: nothing is published.`] : [];
    return { values, run, notices: [...notices, ...none] };
  }
  const release = releaseOf(options, facts);
  if (options.from !== undefined) {
    const reading = toolReading(options.from, options);
    const adapter: Adapter = ADAPTER_OF_TOOL[options.from];
    if (reading.drafts.length > 1) refuseOfOne(options, `${options.from} speaks of ${reading.drafts.length}`);
    const values = [];
    for (const [index, draft] of reading.drafts.entries()) {
      const about = adapter.of === 'build' ? await factsOfDraft(draft, facts, surroundings) : {};
      const tag = options.tag ?? draft.tag;
      const value = merged(
        given({ type: options.type ?? adapter.type ?? undefined, release }),
        about,
        factsOfTag(tag, options, draft.fields, release),
        draft.fields,
        optionFields(options, tag, release),
      );
      values.push({ place: placeOf(`${options.from} ${index + 1}`, draft), value, fault: null });
    }
    return { values, run, notices: [...notices, ...reading.notices] };
  }
  const tag = options.tag ?? facts.tag;
  const value = merged(
    given({ release, type: options.type }),
    given({ repo: facts.repo ?? undefined, commit: facts.commit ?? undefined, date: facts.date ?? undefined }),
    factsOfTag(tag, options, {}, release),
    optionFields(options, tag, release),
  );
  return { values: [{ place: 'the fragment', value, fault: null }], run, notices };
}

function usage(words: string): Ending {
  return new Ending(EXIT.usage, words);
}

function refuseTogether(options: PublishOptions): void {
  if (options.input !== undefined && options.from !== undefined) throw usage('Expected --input or --from, not both.');
  const toolOnly = ['path', 'json', 'allowOutput', 'values', 'excludeValue'] as const;
  for (const name of toolOnly) {
    if (options.from === undefined && options[name] !== undefined) throw usage(`${optionOfField(name)} needs --from.`);
  }
  if (options.path !== undefined && options.json !== undefined) throw usage('Expected --path or --json, not both.');
  if (options.input === undefined) return;
  const own = [
    ...PLAIN_FIELDS,
    'component',
    'kind',
    'version',
    'tag',
    'image',
    'changelogFile',
    'link',
    'meta',
  ] as const;
  const given = own.filter((name) => options[name] !== undefined).map(optionOfField);
  if (given.length > 0) throw usage(`With --input each fragment says its own; ${given.join(', ')} cannot be given.`);
}

/** What is said of one component cannot be said of several. */
function refuseOfOne({ component, version }: PublishOptions, butSeveral: string): void {
  if (component !== undefined) throw usage(`--component names one component, but ${butSeveral}.`);
  if (version !== undefined) throw usage(`--version names the version of one component, but ${butSeveral}.`);
}

/** A fragment of an input may leave release and type to the options. */
function completed(value: unknown, { release, type }: PublishOptions): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return { ...given({ release, type }), ...value };
}

function toolReading(tool: Tool, options: PublishOptions): AdapterReading {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  try {
    return adapter.read(toolOutput(options.path, options.json, adapter.place), {
      component: options.component ?? null,
      environment: options.environment ?? null,
      tagPattern: options.tagPattern ?? null,
      allowedOutputs: options.allowOutput ?? [],
      values: options.values === undefined ? null : readText(options.values),
      excludedValues: options.excludeValue ?? [],
    });
  } catch (error) {
    if (error instanceof AdapterFault) throw usage(`--from ${tool}: ${error.message}.`);
    throw error;
  }
}

/** Beside its number the namespace, which is no part of the key: that may be all that tells two of one name apart. */
function placeOf(number: string, { fields: { meta } }: AdapterDraft): string {
  return meta?.namespace === undefined ? number : `${number} (namespace ${meta.namespace})`;
}

/** A monorepo's tags may lie on other commits than the one of the run. */
async function factsOfDraft({ tag, fields }: AdapterDraft, facts: CiFacts, { git }: Surroundings) {
  const known =
    tag === null || fields.commit !== undefined
      ? null
      : await git(['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`]);
  return given({
    repo: facts.repo ?? undefined,
    commit: known || facts.commit || undefined,
    date: facts.date ?? undefined,
  });
}

/** The tag of the run where it is a release's and names no component: `v1.4.0`. */
function releaseOf(options: PublishOptions, facts: CiFacts): string | undefined {
  if (options.release !== undefined) return options.release;
  const tag = options.tag ?? facts.tag;
  if (tag === null || options.tagPattern !== undefined) return undefined;
  const read = readTag(tag, null);
  return 'version' in read && read.component === null ? tag : undefined;
}

/**
 * What a tag says of component and version. A tag that cannot be read is a fault only where something is needed of it.
 *
 * @throws Ending (usage)
 */
function factsOfTag(
  tag: string | null,
  options: PublishOptions,
  known: AdapterDraft['fields'],
  release: string | undefined,
): { component?: string; componentVersion?: string } {
  const scheme = options.versionScheme ?? 'semver';
  if (options.version !== undefined) {
    const component = tag === null ? null : componentOf(tag, options);
    return given({ component: component ?? undefined });
  }
  const hasVersion = known.componentVersion ?? known.npmVersion ?? known.chartVersion;
  if (tag === null || (known.component !== undefined && hasVersion !== undefined)) return {};
  const read = readTag(tag, options.tagPattern ?? null, scheme);
  if ('fault' in read) {
    const needed = options.tagPattern !== undefined || (options.component ?? known.component) === undefined;
    if (needed) throw usage(`The tag ${JSON.stringify(tag)} ${read.fault}, or name --component and --version.`);
    return {};
  }
  return given({
    component: read.component ?? undefined,
    // The release's own tag says nothing of the component's own.
    componentVersion: hasVersion !== undefined || read.version === withoutV(release ?? '') ? undefined : read.version,
  });
}

function componentOf(tag: string, options: PublishOptions): string | null {
  const read = readTag(tag, options.tagPattern ?? null, options.versionScheme ?? 'semver');
  return 'version' in read ? read.component : null;
}

/** The version that `--version` says. Under SemVer any text is kept as it is: one that is none is for the checks to judge. */
function givenVersion(text: string, scheme: VersionScheme): string {
  const version = scheme === 'pep440' ? versionOf(text, scheme) : withoutV(text);
  if (version !== null) return version;
  throw usage(`--version: expected a PEP 440 version such as 1.2.0rc1, received ${JSON.stringify(text)}.`);
}

/** The fields that the options say. */
function optionFields(
  options: PublishOptions,
  tag: string | null,
  release: string | undefined,
): Record<string, unknown> {
  const plain = Object.fromEntries(
    PLAIN_FIELDS.flatMap((field) => {
      const text = options[field];
      return text === undefined ? [] : [[field, valueOfText(field, text)]];
    }),
  );
  const image = options.image === undefined ? {} : imageFields(options.image, options.type);
  const meta = { ...(tag === null || tag === release ? {} : { tag }), ...pairsOf('--meta', options.meta) };
  return {
    ...image,
    ...plain,
    ...given({
      component: options.component,
      kind: options.kind,
      componentVersion:
        options.version === undefined ? undefined : givenVersion(options.version, options.versionScheme ?? 'semver'),
      changelog: options.changelogFile === undefined ? undefined : readChangelog(options.changelogFile),
      links: options.link === undefined ? undefined : pairsOf('--link', options.link),
      meta: Object.keys(meta).length === 0 ? undefined : meta,
    }),
  };
}

function valueOfText(field: (typeof PLAIN_FIELDS)[number], text: string): unknown {
  const shape = FIELD_SHAPES[field];
  if (shape === 'count') return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (shape !== 'names' || field === 'environment') return text;
  return text.split(',').map((name) => name.trim());
}

function imageFields(text: string, type: string | undefined): Record<string, unknown> {
  const image = parseImage(text);
  if (image === null) throw usage(`--image: expected an image reference, received ${JSON.stringify(text)}.`);
  return {
    ...given({ digest: image.digest ?? undefined }),
    ...(type === 'k8s' ? { imageRef: text } : { artifact: text }),
  };
}

const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** `name=value`: the first `=` separates. */
function pairsOf(option: string, texts: readonly string[] | undefined): Record<string, string> {
  const pairs = new Map<string, string>();
  for (const text of texts ?? []) {
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim();
    if (at === -1 || name === '') throw usage(`${option}: expected name=value, received ${JSON.stringify(text)}.`);
    if (PROTOTYPE_NAMES.has(name)) throw usage(`${option}: the name ${name} is reserved.`);
    if (pairs.has(name)) throw usage(`${option}: ${JSON.stringify(name)} is given twice.`);
    pairs.set(name, text.slice(at + 1));
  }
  return Object.fromEntries(pairs);
}

/** Later parts go before earlier ones; only the further facts (meta, links) of all are kept. */
function merged(...parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  const whole: Record<string, unknown> = Object.assign({}, ...parts);
  for (const field of ['meta', 'links']) {
    const all: Record<string, unknown> = Object.assign({}, ...parts.map((part) => part[field]));
    if (Object.keys(all).length > 0) whole[field] = all;
  }
  return whole;
}

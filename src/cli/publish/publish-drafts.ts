import { MAX_DATE_AHEAD_MS } from '../../limits/limits.ts';
import { withoutV } from '../../release/item/version.ts';
import { globMatcher } from '../../release/text/glob.ts';
import { ADAPTER_OF_TOOL, type Tool } from '../adapters/adapter-of-tool.ts';
import { type Adapter, type AdapterDraft, AdapterFault, type AdapterReading, given } from '../adapters/tool-output.ts';
import type { CliContext } from '../context/cli-context.ts';
import { messageOf, usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';
import { manyValues, type PlacedValue } from '../context/many-values.ts';
import { isOfTable } from '../context/table-items.ts';
import { readTag, versionOf } from '../context/tag-pattern.ts';
import { changesReader, DEFAULT_TICKET_PATTERN } from './changes-git.ts';
import { type CiFacts, ciFacts } from './ci-facts.ts';
import { dateOf, factsOfDraft } from './draft-facts.ts';
import { fittingFacts } from './fitting-facts.ts';
import { optionFields } from './option-fields.ts';
import { toolOutput } from './publish-files.ts';
import { optionOfField, PLAIN_FIELDS, type PublishOptions } from './publish-options.ts';

/** What is to be published, not yet checked. */
export interface Drafts {
  readonly values: readonly PlacedValue[];
  /** Whether they say what runs or is registered somewhere at this moment. */
  readonly observed: boolean;
  /** Whose facts complete them, where this run made what they are of; null: they say their own. */
  readonly madeIn: CiFacts['from'] | null;
  /** Address of the CI's run. */
  readonly run: string | null;
  readonly notices: readonly string[];
}

const OF_TABLE = 'is in the JSON of DynamoDB: expected a fragment; items of a table are taken by release-matrix import';

/**
 * Puts together what is to be published: the options go before what a tool says, and that before the CI's facts.
 *
 * @throws ExitError (usage)
 */
export async function draftsOf(options: PublishOptions, context: CliContext): Promise<Drafts> {
  refuseTogether(options);
  const facts = await ciFacts(context, options.tag ?? null);
  const { run } = facts;
  if (options.input !== undefined) {
    const values = manyValues(readText(options.input)).map((one) =>
      isOfTable(one.value) ? { ...one, fault: OF_TABLE } : { ...one, value: completed(one.value, options) },
    );
    const none = values.length === 0 ? [`${options.input} holds no fragment: nothing is published.`] : [];
    return { values, observed: false, madeIn: null, run, notices: [...facts.notices, ...none] };
  }
  const made =
    options.from === undefined
      ? await ofOptions(options, facts, context)
      : await ofTool(options.from, options, facts, context);
  return { ...made, run, notices: [...facts.notices, ...made.notices] };
}

/** The one fragment that the options and the run say. */
async function ofOptions(options: PublishOptions, facts: CiFacts, context: CliContext): Promise<Omit<Drafts, 'run'>> {
  const release = releaseOf(options, facts);
  const tag = options.tag ?? facts.tag;
  const { repo, commit: ofRun } = facts;
  const commit = options.commit ?? ofRun;
  const date = commit === null ? facts.date : await dateOf(commit, facts, context.git);
  const value = merged(
    given({ release, type: options.type }),
    given({ repo: repo ?? undefined, commit: commit ?? undefined, date: date ?? undefined }),
    factsOfTag(tag, options, {}, release),
    optionFields(options, tag, release),
  );
  const { values, notices } = fitting([{ place: 'the fragment', value }], options, context);
  const madeIn = options.type === 'k8s' ? null : facts.from;
  const listed = madeIn === null ? { values, notices: [] } : await withChanges(values, [tag], options, context);
  return { values: listed.values, observed: false, madeIn, notices: [...notices, ...listed.notices] };
}

/** The fragments of what a tool left behind. */
async function ofTool(
  tool: Tool,
  options: PublishOptions,
  facts: CiFacts,
  context: CliContext,
): Promise<Omit<Drafts, 'run'>> {
  const release = releaseOf(options, facts);
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  const reading = toolReading(tool, options, facts, release);
  const { drafts, notices: filtered } = only(reading.drafts, options);
  if (drafts.length > 1) refuseOfOne(options, `${tool} speaks of ${drafts.length}`);
  const places = placesOf(tool, drafts);
  const made = [];
  const tags: (string | null)[] = [];
  for (const [index, draft] of drafts.entries()) {
    const about =
      adapter.of === 'build'
        ? await factsOfDraft(draft, facts, options, context)
        : { tag: options.tag ?? draft.tag, fields: {} };
    const value = merged(
      given({ type: typeOf(draft.fields.component, options) ?? options.type ?? adapter.type ?? undefined, release }),
      about.fields,
      factsOfTag(about.tag, options, draft.fields, release),
      draft.fields,
      optionFields(options, about.tag, release),
    );
    made.push({ place: places[index] ?? tool, value });
    tags.push(about.tag);
  }
  const { values, notices } = fitting(made, options, context);
  const listed = adapter.of === 'build' ? await withChanges(values, tags, options, context) : { values, notices: [] };
  const faults = (reading.faults ?? []).map(({ place, fault }) => ({ place: `${tool}: ${place}`, value: null, fault }));
  return {
    values: [...listed.values, ...faults],
    observed: adapter.of === 'observation',
    madeIn: adapter.of === 'build' ? facts.from : null,
    notices: [...reading.notices, ...filtered, ...notices, ...listed.notices],
  };
}

/**
 * What messages call the parts of a tool's output: `kube: Deployment orders`, `npm: @acme/ui`. The namespace, which is no
 * part of the key, is named where it may be all that tells two of one name apart; where nothing does, the number does.
 */
function placesOf(tool: string, drafts: readonly AdapterDraft[]): readonly string[] {
  const namespaces = new Set(drafts.map(({ fields }) => fields.meta?.namespace));
  const names = drafts.map(({ place, fields: { component, meta } }, index) => {
    const name = `${tool}: ${place ?? component ?? `number ${index + 1}`}`;
    return namespaces.size > 1 && meta?.namespace !== undefined ? `${name} (namespace ${meta.namespace})` : name;
  });
  return names.map((name, index) => {
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    return isAlone ? name : `${name} (number ${index + 1})`;
  });
}

/** Leaves out what the run or a tool says and no fragment may hold. */
function fitting(
  drafts: readonly { readonly place: string; readonly value: Record<string, unknown> }[],
  options: PublishOptions,
  { now }: CliContext,
): { readonly values: PlacedValue[]; readonly notices: readonly string[] } {
  const isGiven = (field: string) =>
    field === 'links'
      ? options.link !== undefined
      : PLAIN_FIELDS.some((one) => one === field && options[one] !== undefined);
  const latest = Date.parse(now()) + MAX_DATE_AHEAD_MS;
  const read = drafts.map(({ place, value }) => ({ place, ...fittingFacts(value, isGiven, latest) }));
  return {
    values: read.map(({ place, value }) => ({ place, value, fault: null })),
    notices: read.flatMap(({ place, notices }) => notices.map((words) => `${place}: ${words}`)),
  };
}

/**
 * Adds the commits since the tag before, as far as the checkout knows them.
 *
 * @param tags of each the git tag that it was released by
 */
async function withChanges(
  values: readonly PlacedValue[],
  tags: readonly (string | null)[],
  options: PublishOptions,
  { git, environment }: CliContext,
): Promise<{ readonly values: readonly PlacedValue[]; readonly notices: readonly string[] }> {
  if (options.withoutChanges === true) return { values, notices: [] };
  const read = changesReader(git, {
    tagPattern: options.tagPattern ?? null,
    scheme: options.versionScheme ?? 'semver',
    tickets: ticketPattern(options, environment),
  });
  const listed: PlacedValue[] = [];
  const notices: string[] = [];
  for (const [index, placed] of values.entries()) {
    const { commit, component, type } = placed.value as Readonly<Record<string, unknown>>;
    if (typeof commit !== 'string' || typeof component !== 'string' || type === 'k8s') {
      listed.push(placed);
      continue;
    }
    const { changes, notice } = await read({ commit, component, tag: tags[index] ?? null });
    listed.push(changes === null ? placed : { ...placed, value: { ...(placed.value as object), changes } });
    if (notice !== null) notices.push(`${placed.place}: ${notice}.`);
  }
  return { values: listed, notices };
}

/** @throws ExitError (usage) */
function ticketPattern({ ticketPattern: given }: PublishOptions, environment: CliContext['environment']): RegExp {
  const text = given ?? (environment.RELEASE_TICKET_PATTERN || DEFAULT_TICKET_PATTERN);
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    const source = given === undefined ? 'RELEASE_TICKET_PATTERN' : '--ticket-pattern';
    throw usage(
      `${source}: expected a regular expression such as PAY-[0-9]+, received ${JSON.stringify(text)}: ${messageOf(error)}.`,
    );
  }
}

/** Options that say something of a tool's output. */
const OF_TOOLS = [
  'path',
  'json',
  'allowOutput',
  'values',
  'excludeValue',
  'container',
  'environmentFrom',
  'environmentMap',
  'only',
  'typeOf',
  'nameOfRoot',
] as const;

function refuseTogether(options: PublishOptions): void {
  if (options.input !== undefined && options.from !== undefined) throw usage('Expected --input or --from, not both.');
  for (const name of OF_TOOLS) {
    if (options.from === undefined && options[name] !== undefined) throw usage(`${optionOfField(name)} needs --from.`);
  }
  if (options.path !== undefined && options.json !== undefined) throw usage('Expected --path or --json, not both.');
  if (options.environment !== undefined && options.environmentFrom !== undefined) {
    throw usage('Expected --environment or --environment-from, not both.');
  }
  if (options.environmentMap !== undefined && options.environmentFrom === undefined) {
    throw usage('--environment-map needs --environment-from namespace.');
  }
  if (options.only !== undefined && options.component !== undefined) {
    throw usage('Expected --only, which chooses of several components, or --component, which names one, not both.');
  }
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
  const said = own.filter((name) => options[name] !== undefined).map(optionOfField);
  if (said.length > 0) throw usage(`With --input each fragment says its own; ${said.join(', ')} cannot be given.`);
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

function toolReading(tool: Tool, options: PublishOptions, facts: CiFacts, release: string | undefined): AdapterReading {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  const tag = options.tag ?? facts.tag;
  const tagged = tag === null ? null : readTag(tag, options.tagPattern ?? null, options.versionScheme ?? 'semver');
  try {
    return adapter.read(toolOutput(options.path, options.json, adapter.place), {
      component: options.component ?? null,
      environment: options.environment ?? null,
      tagPattern: options.tagPattern ?? null,
      versions: [options.version, tagged !== null && 'version' in tagged ? tagged.version : undefined, release].filter(
        (version) => version !== undefined,
      ),
      nameOfRoot: options.nameOfRoot ?? null,
      repo: facts.repo,
      containers: options.container ?? [],
      environmentOfNamespace:
        options.environmentFrom === undefined ? null : readEnvironmentMap(options.environmentMap ?? []),
      allowedOutputs: options.allowOutput ?? [],
      values: options.values === undefined ? null : readText(options.values),
      excludedValues: options.excludeValue ?? [],
    });
  } catch (error) {
    if (error instanceof AdapterFault) throw usage(`--from ${tool}: ${error.message}.`);
    throw error;
  }
}

/** `namespace=environment`, each. */
function readEnvironmentMap(texts: readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const text of texts) {
    const [, namespace = '', environment = ''] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
    const received = `received ${JSON.stringify(text)}`;
    if (namespace === '')
      throw usage(`--environment-map: expected namespace=environment, such as shop-prod=prod, ${received}.`);
    if (map.has(namespace)) throw usage(`--environment-map: the namespace ${namespace} is given twice.`);
    map.set(namespace, environment);
  }
  return map;
}

/** The components that `--only` names. */
function only(
  drafts: readonly AdapterDraft[],
  { only: globs, typeOf: types = [] }: PublishOptions,
): { readonly drafts: readonly AdapterDraft[]; readonly notices: readonly string[] } {
  const nameOf = ({ fields }: AdapterDraft) => fields.component ?? '';
  const isUsed = (glob: string) => drafts.some((draft) => globMatcher(glob)(nameOf(draft)));
  const idle = [
    ...(globs ?? []).filter((glob) => !isUsed(glob)).map((glob) => `--only ${glob}`),
    ...types.map(globAndType).flatMap(([glob]) => (isUsed(glob) ? [] : [`--type-of ${glob}`])),
  ];
  const notices = drafts.length === 0 ? [] : idle.map((option) => `${option} matches no component.`);
  if (globs === undefined) return { drafts, notices };
  const kept = drafts.filter((draft) => globs.some((glob) => globMatcher(glob)(nameOf(draft))));
  const left = drafts.filter((draft) => !kept.includes(draft)).map(nameOf);
  const words = left.length === 0 ? [] : [`Left out by --only: ${left.join(', ')}.`];
  return { drafts: kept, notices: [...notices, ...words] };
}

/** The type that the first fitting `--type-of` says. */
function typeOf(component: string | undefined, { typeOf: texts = [] }: PublishOptions): string | undefined {
  return texts.map(globAndType).find(([glob]) => globMatcher(glob)(component ?? ''))?.[1];
}

/** `<glob>=<type>`; a type holds no `=`. */
function globAndType(text: string): [glob: string, type: string] {
  const at = text.lastIndexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw usage(`--type-of: expected <glob>=<type>, such as @acme/ui-*=frontend, received ${JSON.stringify(text)}.`);
}

/** The tag of the run where it is a release's: `v1.4.0`. */
function releaseOf(options: PublishOptions, facts: CiFacts): string | undefined {
  if (options.release !== undefined) return options.release;
  const tag = options.tag ?? facts.tag;
  if (tag === null || options.tagPattern !== undefined) return undefined;
  return versionOf(withoutV(tag), 'semver') === null ? undefined : tag;
}

/**
 * What a tag says of component and version. A tag that cannot be read is a fault only where something is needed of it.
 *
 * @throws ExitError (usage)
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

/** Later parts go before earlier ones; only the further facts (meta, links) of all are kept. */
function merged(...parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  const whole: Record<string, unknown> = Object.assign({}, ...parts);
  for (const field of ['meta', 'links']) {
    const all: Record<string, unknown> = Object.assign({}, ...parts.map((part) => part[field]));
    if (Object.keys(all).length > 0) whole[field] = all;
  }
  return whole;
}

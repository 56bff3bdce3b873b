import type { Command } from 'commander';
import { FIELD_SHAPES, type FieldName } from '../../release/item/fields.ts';
import { WORKLOAD_KINDS } from '../../release/item/fragment.ts';
import { TOOLS, type Tool } from '../adapters/adapter-of-tool.ts';
import { formatOption, WRITE_FORMATS, type WriteOutput } from '../context/outputs.ts';
import { among, repeated, single } from '../context/single-option.ts';
import { VERSION_SCHEMES, type VersionScheme } from '../context/tag-pattern.ts';
import { addConnectionOptions } from '../table/table-options.ts';
import type { WritingOptions } from './write-all.ts';

/** The fields that are given as they are, by an option of their own: `--npm-version`. */
type PlainField = Exclude<FieldName, 'changelog' | 'changes' | 'links' | 'componentVersion'>;

/** Further options that hold one text. */
type TextOption =
  | ('input' | 'path' | 'json' | 'release' | 'type' | 'component' | 'kind' | 'version' | 'tag' | 'tagPattern')
  | ('image' | 'changelogFile' | 'values' | 'nameOfRoot' | 'ticketPattern');

/** Options that may be given again. */
type ManyOption = 'link' | 'meta' | 'allowOutput' | 'excludeValue' | 'container' | 'environmentMap' | 'only' | 'typeOf';

export interface PublishOptions
  extends WritingOptions,
    Readonly<Partial<Record<PlainField | TextOption, string>>>,
    Readonly<Partial<Record<ManyOption, readonly string[]>>> {
  readonly from?: Tool;
  readonly versionScheme?: VersionScheme;
  readonly environmentFrom?: 'namespace';
  readonly dryRun?: true;
  readonly withoutChanges?: true;
  readonly format?: readonly WriteOutput[];
}

/** Every field but those that have options of another form. */
export const PLAIN_FIELDS = (Object.keys(FIELD_SHAPES) as FieldName[]).filter(
  (field): field is PlainField => !['changelog', 'changes', 'links', 'componentVersion'].includes(field),
);

/** What each field says, for the help. */
const FIELD_WORDS = {
  environment: 'where it runs, such as prod',
  environments: 'where it runs, several: qa,prod',
  repo: 'owner/name; default: of the CI or the checkout',
  commit: 'git SHA; default: of the CI or the checkout',
  date: 'when it was built, ISO 8601; default: of the commit',
  artifact: 'image, package or address that it is shipped as',
  digest: 'of the artifact, sha256:…',
  owner: 'the team',
  npmVersion: 'frontend: version of the package',
  buildSha: 'frontend: what the bundle was built from',
  schemaVersion: 'kafka: version of the schema',
  evolutionPolicy: 'kafka: BACKWARD, FORWARD, FULL, their _TRANSITIVE, or NONE',
  producers: 'kafka: who writes, a,b',
  consumers: 'kafka: who reads, a,b',
  chartVersion: 'infra: version of the chart',
  appVersion: 'infra: version of what the chart installs',
  valuesHash: 'infra: hash of the values',
  deploymentHash: 'k8s: hash of the pod template',
  imageRef: 'k8s: the image that runs (or --image)',
  readyReplicas: 'k8s: ready pods',
  replicas: 'k8s: desired pods',
  updatedReplicas: 'k8s: pods of the newest template',
  availableReplicas: 'k8s: available pods',
  generation: 'k8s: metadata.generation',
  observedGeneration: 'k8s: status.observedGeneration',
} satisfies Record<PlainField, string>;

/** `npmVersion` → `--npm-version`. */
export function optionOfField(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Adds the options of `publish`. */
export function addPublishOptions(command: Command): Command {
  const one = (flags: string, words: string) => command.addOption(single(flags, words));
  const many = (flags: string, words: string) => command.addOption(repeated(flags, words));
  const oneOf = (flags: string, words: string, choices: readonly string[]) =>
    command.addOption(among(flags, words, choices));

  command.optionsGroup('What is published:');
  one('--release <tag>', 'the release it belongs to; default: the tag of this run, if that is a release tag');
  one('--type <type>', 'frontend, backend, kafka, infra, k8s or any other');
  one('--component <name>', 'its name; default: that in the tag');
  oneOf('--kind <kind>', 'k8s, with --environment: what kind of workload', WORKLOAD_KINDS);
  one('--version <version>', 'the component’s own version; default: that in the tag');
  oneOf('--version-scheme <scheme>', 'how versions are written', VERSION_SCHEMES);
  one('--tag <tag>', 'the git tag it was released by; default: that of this run');
  one('--tag-pattern <pattern>', 'how tags are written, such as services/{component}/v{version}');
  one('--image <reference>', 'the image it is shipped as: artifact and digest; imageRef for k8s');
  one(
    '--ticket-pattern <pattern>',
    'what a ticket is called in commit messages, a regular expression; else RELEASE_TICKET_PATTERN',
  );
  command.option('--without-changes', 'do not list the commits since the tag before');
  one('--changelog-file <file>', 'its changelog, Markdown');
  many('--link <label=address>', 'a link; may be repeated');
  many('--meta <name=value>', 'another attribute; may be repeated');
  command.optionsGroup('Fields of a fragment (docs/fragments.md):');
  for (const field of PLAIN_FIELDS) one(`${optionOfField(field)} <value>`, FIELD_WORDS[field]);
  command.optionsGroup('Many at once, and the output of tools:');
  one('--input <file>', 'many fragments: a JSON array, or one a line; - for standard input');
  oneOf('--from <tool>', 'the tool whose output is published', TOOLS);
  one('--path <path>', 'with --from: the file or folder; - for standard input');
  one('--json <text>', 'with --from: the tool’s output itself');
  many('--only <glob>', 'with --from: only the components that it matches, such as @acme/ui-*; may be repeated');
  many('--type-of <glob=type>', 'with --from: the type of the components that it matches; may be repeated');
  one('--name-of-root <name>', 'with --from: the name of the package at the root; default: the repository’s');
  many('--container <name>', 'with --from kube: the container that is a workload’s own; may be repeated');
  oneOf('--environment-from <what>', 'with --from kube or helm: what names the environment', ['namespace']);
  many('--environment-map <namespace=environment>', 'with --environment-from: these alone; may be repeated');
  many('--allow-output <name>', 'with --from terraform: an output that may be published; may be repeated');
  one('--values <file>', 'with --from helm: the release’s values, JSON, for their hash');
  many('--exclude-value <path>', 'with --values: a path left out of the hash, such as auth.password');
  command.optionsGroup('How it is published:');
  command.option('--dry-run', 'print the items and write nothing');
  command.option('--replace', 'replace other content; what is replaced is kept in the item');
  command.option('--allow-any-release', 'accept releases that are not SemVer');
  one('--save <file>', 'where fragments that could not be written are kept (unpublished-fragments.ndjson)');
  command.addOption(formatOption(WRITE_FORMATS));
  command.optionsGroup('Which table:');
  return addConnectionOptions(command);
}

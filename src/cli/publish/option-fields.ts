import { FIELD_SHAPES } from '../../release/item/fields.ts';
import { parseImage } from '../../release/item/image.ts';
import { withoutV } from '../../release/item/version.ts';
import { given } from '../adapters/tool-output.ts';
import { usage } from '../context/exit-codes.ts';
import { type VersionScheme, versionOf } from '../context/tag-pattern.ts';
import { readChangelog } from './publish-files.ts';
import { PLAIN_FIELDS, type PublishOptions } from './publish-options.ts';

/** The version that `--version` says. Under SemVer any text is kept as it is: one that is none is for the checks to judge. */
function givenVersion(text: string, scheme: VersionScheme): string {
  const version = scheme === 'pep440' ? versionOf(text, scheme) : withoutV(text);
  if (version !== null) return version;
  throw usage(`--version: expected a PEP 440 version such as 1.2.0rc1, received ${JSON.stringify(text)}.`);
}

/**
 * The fields that the options say.
 *
 * @param tag the git tag of the component, kept where it is not the release's
 * @throws ExitError (usage)
 */
export function optionFields(
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

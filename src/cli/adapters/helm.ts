import { z } from 'zod';
import { readTag } from '../tag-pattern.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterOptions,
  given,
  givenTexts,
  hashOf,
  jsonDocument,
  optionalText,
  shaped,
} from './tool-output.ts';

const EXPECTED = '`helm get metadata <release> -o json` (or `helm list`, or `helm history`, -o json)';

/** `helm get metadata`, Helm 3.18 and 4; `deployedAt` is RFC 3339. */
const metadata = z.looseObject({
  name: z.string(),
  chart: z.string(),
  version: z.string(),
  appVersion: optionalText,
  namespace: optionalText,
  revision: z.union([z.int(), z.string()]).optional(),
  status: optionalText,
  deployedAt: optionalText,
});
/** `helm list`: `revision` is text, `chart` is name and version in one. */
const listed = z.array(
  z.looseObject({
    name: z.string(),
    chart: z.string(),
    app_version: optionalText,
    namespace: optionalText,
    revision: z.string(),
    status: z.string(),
    updated: optionalText,
  }),
);
/** `helm history`: one release, by revision. */
const history = z.array(
  z.looseObject({
    revision: z.int(),
    chart: z.string(),
    app_version: optionalText,
    status: z.string(),
    updated: optionalText,
  }),
);

export const helm: Adapter = {
  type: 'infra',
  of: 'observation',
  place: null,
  read(output, options) {
    const document = jsonDocument(output.document(), EXPECTED);
    const releases = Array.isArray(document)
      ? releasesOf(document, options)
      : [releaseOf(shaped(metadata, document, EXPECTED))];
    const valuesHash = releases.length === 1 ? valuesHashOf(options) : undefined;
    const drafts = releases.map((one) => draftOf(one, valuesHash, options));
    const busy = releases.filter(({ status }) => status?.startsWith('pending-'));
    return {
      drafts,
      notices: [
        ...(drafts.length === 0 ? ['helm lists no release.'] : []),
        ...busy.map(({ name, status }) => `${name} is ${status}: somebody is deploying it now.`),
        ...(options.values !== null && releases.length > 1
          ? ['The values are of one release, but there are several: no valuesHash is published.']
          : []),
      ],
    };
  },
};

interface HelmRelease {
  readonly name: string | undefined;
  readonly version: string;
  readonly appVersion: string | undefined;
  readonly namespace: string | undefined;
  readonly revision: string | undefined;
  readonly status: string | undefined;
  readonly deployedAt: string | undefined;
}

function releaseOf({
  name,
  version,
  appVersion,
  namespace,
  revision,
  status,
  deployedAt,
}: z.output<typeof metadata>): HelmRelease {
  const counted = revision === undefined ? undefined : String(revision);
  return { name, version, appVersion, namespace, revision: counted, status, deployedAt };
}

function releasesOf(document: unknown, { component }: AdapterOptions): HelmRelease[] {
  const list = listed.safeParse(document);
  if (list.success) {
    return list.data.map(({ name, chart, app_version, namespace, revision, status, updated }) => ({
      name,
      version: chartVersion(chart),
      appVersion: app_version,
      namespace,
      revision,
      status,
      deployedAt: updated,
    }));
  }
  const revisions = shaped(history, document, EXPECTED);
  const current = revisions.findLast(({ status }) => status === 'deployed') ?? revisions.at(-1);
  if (current === undefined) return [];
  return [
    {
      name: component ?? undefined,
      version: chartVersion(current.chart),
      appVersion: current.app_version,
      namespace: undefined,
      revision: String(current.revision),
      status: current.status,
      deployedAt: current.updated,
    },
  ];
}

/** `auth-service-1.4.0-rc.1` → 1.4.0-rc.1. Where name and version cannot be told apart it is refused. */
function chartVersion(chart: string): string {
  const read = readTag(chart, '{component}-{version}');
  if ('version' in read) return read.version;
  throw new AdapterFault(
    `expected ${EXPECTED}; the chart “${chart}” ${read.fault.split(';')[0]}. Use \`helm get metadata\``,
  );
}

function draftOf(release: HelmRelease, valuesHash: string | undefined, options: AdapterOptions): AdapterDraft {
  const { name, version, appVersion, namespace, revision, status, deployedAt } = release;
  return {
    fields: given({
      component: options.component ?? name,
      chartVersion: version,
      appVersion,
      valuesHash,
      environment: options.environment ?? undefined,
      date: deployedAt === undefined ? undefined : isoTime(deployedAt),
      meta: givenTexts({ namespace, revision, status }),
    }),
    tag: null,
  };
}

/** `helm list`, and the first `helm history` of Helm 3, print Go's own form of a time: `2026-11-19 10:11:12.5 +0100 CET`. */
function isoTime(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d)( .*)?$/, '$1T$2$3:$4');
}

/** Over canonical JSON of what the user set; `null`, as helm prints it where nothing was, is nothing. */
function valuesHashOf({ values, excludedValues }: AdapterOptions): string | undefined {
  if (values === null) return undefined;
  const expected = '`helm get values <release> -o json`';
  const document = jsonDocument(values, expected) ?? {};
  const map = shaped(z.record(z.string(), z.unknown()), document, expected);
  return hashOf(excludedValues.reduce((left, path) => without(left, path.split('.')), map));
}

/** The map without what a path leads to. */
function without(map: Record<string, unknown>, [name = '', ...rest]: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => {
      if (key !== name) return [[key, value]];
      const inner = z.record(z.string(), z.unknown()).safeParse(value);
      return rest.length === 0 || !inner.success ? [] : [[key, without(inner.data, rest)]];
    }),
  );
}

import { z } from 'zod';
import { readTag } from '../context/tag-pattern.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterOptions,
  environmentIn,
  expecting,
  given,
  givenTexts,
  hashOf,
  namespacesLeftOut,
  optionalText,
  readParts,
} from './tool-output.ts';

const tool = expecting('`helm get metadata <release> -o json` (or `helm list`, or `helm history`, -o json)');

/** `helm get metadata`, Helm 3.18 and 4; `deployedAt` is RFC 3339. */
const metadata = z.looseObject({
  name: z.string(),
  chart: z.string(),
  version: z.string(),
  appVersion: optionalText,
  namespace: optionalText,
  revision: z.union([z.int(), z.string()]).transform(String).optional(),
  status: optionalText,
  deployedAt: optionalText,
});
/** `helm list`: `revision` is text, `chart` is name and version in one. */
const listed = z.looseObject({
  name: z.string(),
  chart: z.string(),
  app_version: optionalText,
  namespace: optionalText,
  revision: z.string(),
  status: z.string(),
  updated: optionalText,
});
/** `helm history`: one release, by revision. */
const history = z.looseObject({
  revision: z.int(),
  chart: z.string(),
  app_version: optionalText,
  status: z.string(),
  updated: optionalText,
});

export const helm: Adapter = {
  type: 'infra',
  of: 'observation',
  place: null,
  read(output, options) {
    const document = tool.document(output.document());
    const { results: releases, faults } = Array.isArray(document)
      ? releasesOf(document, options)
      : { results: [tool.shaped(metadata, document)], faults: [] };
    const gone = releases.filter(({ status }) => GONE.has(status ?? ''));
    const nowhere = releases.filter(({ namespace }) => environmentIn(namespace, options) === null);
    const there = releases.filter((one) => !gone.includes(one) && !nowhere.includes(one));
    const valuesHash = there.length === 1 ? valuesHashOf(options) : undefined;
    return {
      drafts: there.map((one) => draftOf(one, valuesHash, options)),
      faults,
      notices: [
        ...(releases.length + faults.length === 0 ? ['helm lists no release.'] : []),
        ...gone.map(
          ({ name, status }) => `${name ?? 'The release'} is ${status}, so it is left out: nothing of it runs.`,
        ),
        ...namespacesLeftOut(new Set(nowhere.map(({ namespace }) => namespace))),
        ...there.flatMap(statusWords),
        ...(options.values !== null && there.length > 1
          ? ['The values are of one release, but there are several: no valuesHash is published.']
          : []),
      ],
    };
  },
};

/** Statuses of what is not installed, or no longer. */
const GONE: ReadonlySet<string> = new Set(['uninstalled', 'uninstalling', 'superseded']);

/** What somebody should know who takes the release for what runs. */
function statusWords({ name = 'The release', status, failedSince }: HelmRelease): string[] {
  if (status?.startsWith('pending-')) return [`${name} is ${status}: a deployment is in progress.`];
  if (status === 'failed')
    return [`${name} is failed: what runs may be of the revision before (helm history ${name}).`];
  if (status === 'unknown') return [`${name} is in the status unknown: helm does not know what runs.`];
  return failedSince === undefined
    ? []
    : [`${name}: revision ${failedSince} has not been deployed; an older one is published.`];
}

interface HelmRelease {
  readonly name?: string | undefined;
  readonly version: string;
  readonly appVersion: string | undefined;
  readonly namespace?: string | undefined;
  readonly revision?: string | undefined;
  readonly status?: string | undefined;
  readonly deployedAt: string | undefined;
  /** A later revision that was not deployed. */
  readonly failedSince?: string;
}

function releasesOf(documents: readonly unknown[], { component }: AdapterOptions) {
  if (!documents.some((one) => history.safeParse(one).success)) {
    return readParts(documents, placeOf, (one) => listedRelease(tool.shaped(listed, one)));
  }
  const revisions = tool.shaped(z.array(history), documents);
  const current = revisions.findLast(({ status }) => status === 'deployed') ?? revisions.at(-1);
  const last = revisions.at(-1);
  if (current === undefined || last === undefined) return { results: [], faults: [] };
  const removed = GONE.has(last.status) && last.status !== 'superseded';
  const release: HelmRelease = {
    name: component ?? undefined,
    version: chartVersion(current.chart),
    appVersion: current.app_version,
    revision: String(current.revision),
    status: removed ? last.status : current.status,
    deployedAt: current.updated,
    ...(current.revision < last.revision ? { failedSince: String(last.revision) } : {}),
  };
  return { results: [release], faults: [] };
}

function placeOf(document: unknown, index: number): string {
  const named = z.looseObject({ name: z.string() }).safeParse(document);
  return named.success ? named.data.name : `release ${index + 1}`;
}

function listedRelease(release: z.output<typeof listed>): HelmRelease {
  const { chart, app_version: appVersion, updated: deployedAt } = release;
  return { ...release, version: chartVersion(chart), appVersion, deployedAt };
}

/** `auth-service-1.4.0-rc.1` → 1.4.0-rc.1, `cert-manager-v1.14.4` → v1.14.4. Where name and version cannot be told apart it is refused. */
function chartVersion(chart: string): string {
  const read = readTag(chart, '{component}-{version}');
  if ('version' in read) return read.version;
  const withV = readTag(chart, '{component}-v{version}');
  if ('version' in withV) return `v${withV.version}`;
  throw new AdapterFault(
    `expected a chart whose name and version can be told apart; “${chart}” ${read.fault.split(';')[0]}. Use \`helm get metadata\``,
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
      environment: environmentIn(namespace, options) ?? undefined,
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
  const ofValues = expecting('`helm get values <release> -o json`');
  const map = ofValues.shaped(z.record(z.string(), z.unknown()), ofValues.document(values) ?? {});
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

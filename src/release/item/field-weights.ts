import type { FieldName } from './fields.ts';
import type { Fragment } from './fragment.ts';

/**
 * What a difference in a field says of two fragments of one component:
 *
 * - `build`: another outcome of a build or a roll-out: what ships differs;
 * - `source`: where it was built from;
 * - `meaning`: other content, whatever it was built from;
 * - `note`: worth listing, and no change of the component;
 * - `moment`: of the time and place of publishing or running, so that it always differs: not compared;
 * - `prose`: told in its own way.
 */
type FieldWeight = 'build' | 'source' | 'meaning' | 'note' | 'moment' | 'prose';

const FIELD_WEIGHTS = {
  schemaVersion: 'build',
  evolutionPolicy: 'meaning',
  chartVersion: 'build',
  appVersion: 'build',
  valuesHash: 'build',
  imageRef: 'build',
  artifact: 'build',
  digest: 'build',
  deploymentHash: 'build',
  npmVersion: 'build',
  buildSha: 'build',
  componentVersion: 'build',
  repo: 'source',
  commit: 'source',
  producers: 'meaning',
  consumers: 'meaning',
  owner: 'note',
  environment: 'moment',
  environments: 'moment',
  date: 'moment',
  replicas: 'moment',
  readyReplicas: 'moment',
  updatedReplicas: 'moment',
  availableReplicas: 'moment',
  generation: 'moment',
  observedGeneration: 'moment',
  changelog: 'prose',
  changes: 'prose',
  links: 'prose',
} satisfies Record<FieldName, FieldWeight>;

export function fieldWeight(field: FieldName): FieldWeight {
  return FIELD_WEIGHTS[field];
}

/** All fields, what tells most first: the order in which differences are listed. */
export const FIELD_NAMES = Object.keys(FIELD_WEIGHTS) as readonly FieldName[]; // the keys are those just written

/** The fields that are compared between releases. */
export const COMPARED_FIELDS: readonly FieldName[] = FIELD_NAMES.filter(
  (field) => FIELD_WEIGHTS[field] !== 'moment' && FIELD_WEIGHTS[field] !== 'prose',
);

/** A field's value as text; null where the fragment does not have it. The order of names does not count. */
export function fieldText({ fields }: Fragment, field: FieldName): string | null {
  const value = fields[field];
  if (value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  if ('commits' in value) return value.commits.join('\n');
  return value
    .map((part) => (typeof part === 'string' ? part : `${part.label}: ${part.url}`))
    .sort()
    .join(', ');
}

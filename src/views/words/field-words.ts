import type { FieldName } from '../../release/item/fields.ts';

/** What each field is called on the screen, in the order in which they stand there. */
export const FIELD_LABELS = {
  componentVersion: 'Component version',
  npmVersion: 'npm version',
  schemaVersion: 'Schema version',
  evolutionPolicy: 'Evolution policy',
  chartVersion: 'Chart version',
  appVersion: 'App version',
  imageRef: 'Image',
  artifact: 'Artifact',
  digest: 'Digest',
  repo: 'Repository',
  commit: 'Commit',
  buildSha: 'Build SHA',
  valuesHash: 'Values hash',
  deploymentHash: 'Deployment hash',
  date: 'Published',
  owner: 'Owner',
  environment: 'Environment',
  environments: 'Environments',
  producers: 'Producers',
  consumers: 'Consumers',
  replicas: 'Replicas',
  readyReplicas: 'Ready',
  updatedReplicas: 'Updated',
  availableReplicas: 'Available',
  generation: 'Generation',
  observedGeneration: 'Observed',
  links: 'Links',
  changes: 'Changes',
  changelog: 'Changelog',
} satisfies Record<FieldName, string>;

/** The fields in the order of the screen. */
export const FIELD_ORDER = Object.keys(FIELD_LABELS) as readonly FieldName[]; // the keys are those just written

/** `Build SHA` → `build SHA`, for use within a sentence or an accessible name. */
export function withinSentence(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

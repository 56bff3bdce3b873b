import { changesets } from './changesets.ts';
import { docker } from './docker.ts';
import { goreleaser } from './goreleaser.ts';
import { helm } from './helm.ts';
import { kube } from './kube.ts';
import { npm } from './npm.ts';
import { releasePlease } from './release-please.ts';
import { releasePlz } from './release-plz.ts';
import { schemaRegistry } from './schema-registry.ts';
import { semanticRelease } from './semantic-release.ts';
import { terraform } from './terraform.ts';
import type { Adapter } from './tool-output.ts';

/** The tools whose output can be published, as `--from` names them. */
export const TOOLS = [
  'changesets',
  'semantic-release',
  'goreleaser',
  'release-please',
  'release-plz',
  'npm',
  'docker',
  'helm',
  'kube',
  'schema-registry',
  'terraform',
] as const;
export type Tool = (typeof TOOLS)[number];

export const ADAPTER_OF_TOOL = {
  changesets,
  'semantic-release': semanticRelease,
  goreleaser,
  'release-please': releasePlease,
  'release-plz': releasePlz,
  npm,
  docker,
  helm,
  kube,
  'schema-registry': schemaRegistry,
  terraform,
} satisfies Record<Tool, Adapter>;

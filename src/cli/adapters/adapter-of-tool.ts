import { argoCd } from './argo-cd.ts';
import { changesets } from './changesets.ts';
import { docker } from './docker.ts';
import { ecs } from './ecs.ts';
import { flux } from './flux.ts';
import { glue } from './glue.ts';
import { goreleaser } from './goreleaser.ts';
import { helm } from './helm.ts';
import { kube } from './kube.ts';
import { lerna } from './lerna.ts';
import { npm, pnpm } from './npm-package.ts';
import { nx } from './nx.ts';
import { releasePlease } from './release-please.ts';
import { releasePlz } from './release-plz.ts';
import { schemaRegistry } from './schema-registry.ts';
import { semanticRelease } from './semantic-release.ts';
import { terraform } from './terraform.ts';
import type { Adapter } from './tool-output.ts';

/** The tools whose output can be published, as `--from` names them. */
export const ADAPTER_OF_TOOL = {
  changesets,
  'semantic-release': semanticRelease,
  goreleaser,
  'release-please': releasePlease,
  'release-plz': releasePlz,
  npm,
  pnpm,
  lerna,
  nx,
  docker,
  helm,
  kube,
  ecs,
  'argo-cd': argoCd,
  flux,
  'schema-registry': schemaRegistry,
  glue,
  terraform,
} satisfies Record<string, Adapter>;

export type Tool = keyof typeof ADAPTER_OF_TOOL;
export const TOOLS = Object.keys(ADAPTER_OF_TOOL) as Tool[];

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The parts of workflows and actions that the tests look at, strict where a typing error would silently do nothing. */

const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: scalars.optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  env: scalars.optional(),
  'working-directory': z.string().optional(),
});
export type Step = z.output<typeof step>;

const input = z.strictObject({
  description: z.string(),
  required: z.boolean().optional(),
  default: z.string().optional(),
});
const action = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), input),
  outputs: z.record(z.string(), z.strictObject({ description: z.string() })),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string() }),
});
export type JavaScriptAction = z.output<typeof action>;

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const job = z.strictObject({
  name: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  strategy: z.unknown().optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  uses: z.string().optional(),
  with: scalars.optional(),
  steps: z.array(step).optional(),
});
export type Job = z.output<typeof job>;
const calledInput = z.strictObject({
  description: z.string(),
  type: z.literal('string'),
  required: z.boolean().optional(),
  default: z.string().optional(),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.looseObject({
    workflow_call: z.strictObject({ inputs: z.record(z.string(), calledInput) }).optional(),
  }),
  permissions,
  concurrency: z.unknown().optional(),
  env: scalars.optional(),
  jobs: z.record(z.string(), job),
});
export type Workflow = z.output<typeof workflow>;

/** @throws Error where the file is not YAML, or has a part that no JavaScript action of ours has */
export function readAction(file: string): JavaScriptAction {
  return action.parse(parse(readFileSync(file, 'utf8')));
}

/** @throws Error where the file is not YAML, or has a part that no workflow of ours has */
export function readWorkflow(file: string): Workflow {
  return workflow.parse(parse(readFileSync(file, 'utf8')));
}

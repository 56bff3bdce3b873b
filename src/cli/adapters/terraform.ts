import { z } from 'zod';
import { type Adapter, expecting, given, hashOf } from './tool-output.ts';

const tool = expecting(
  '`terraform output -json` (or `tofu output -json`), one a line with `terraform version -json` and `terraform state pull` where wanted',
);

const outputs = z.record(z.string(), z.looseObject({ sensitive: z.boolean(), value: z.unknown() }));
/** `terraform version -json`. */
const versions = z.looseObject({
  terraform_version: z.string(),
  provider_selections: z.record(z.string(), z.string()),
});
/** `terraform state pull`: it holds every secret of the estate; two of its facts are read and nothing else is touched. */
const state = z.object({ serial: z.int(), lineage: z.string() });

export const terraform: Adapter = {
  type: 'infra',
  of: 'build',
  place: null,
  read(output, { component, environment, allowedOutputs }) {
    const facts: Record<string, string> = {};
    const notices: string[] = [];
    let understood = 0;
    for (const document of tool.documents(output.document())) {
      understood += 1;
      const stated = state.safeParse(document);
      if (stated.success) {
        Object.assign(facts, { serial: String(stated.data.serial), lineage: stated.data.lineage });
        continue;
      }
      const version = versions.safeParse(document);
      if (version.success) {
        const providers = hashOf(version.data.provider_selections);
        Object.assign(facts, { terraformVersion: version.data.terraform_version, providers });
        continue;
      }
      // Before anything else can see them: the command prints sensitive values in clear.
      const open = Object.entries(tool.shaped(outputs, document)).filter(([, { sensitive }]) => !sensitive);
      const allowed = open.filter(([name]) => allowedOutputs.includes(name));
      for (const [name, { value }] of allowed) {
        facts[`output.${name}`] = typeof value === 'string' ? value : JSON.stringify(value ?? null);
      }
      const left = open.length - allowed.length;
      if (left > 0) notices.push(`${left} outputs are not published; name those that may be by --allow-output.`);
      const missing = allowedOutputs.filter((name) => !open.some(([known]) => known === name));
      if (missing.length > 0)
        notices.push(`There is no output, or only a sensitive one, called ${missing.join(', ')}.`);
    }
    if (understood === 0) throw tool.fault();
    return {
      drafts: [
        {
          fields: given({
            component: component ?? undefined,
            environment: environment ?? undefined,
            meta: Object.keys(facts).length === 0 ? undefined : facts,
          }),
          tag: null,
        },
      ],
      notices,
    };
  },
};

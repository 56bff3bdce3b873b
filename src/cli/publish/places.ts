import type { AdapterDraft } from '../adapters/tool-output.ts';

/**
 * What messages call the parts of a tool's output: `kube: Deployment orders`, `npm: @acme/ui`. The namespace, which is no
 * part of the key, is named where it may be all that tells two of one name apart; where nothing does, the number does.
 */
export function placesOf(tool: string, drafts: readonly AdapterDraft[]): readonly string[] {
  const namespaces = new Set(drafts.map(({ fields }) => fields.meta?.namespace));
  const names = drafts.map(({ place, fields: { component, meta } }, index) => {
    const name = `${tool}: ${place ?? component ?? `number ${index + 1}`}`;
    return namespaces.size > 1 && meta?.namespace !== undefined ? `${name} (namespace ${meta.namespace})` : name;
  });
  return names.map((name, index) => {
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    return isAlone ? name : `${name} (number ${index + 1})`;
  });
}

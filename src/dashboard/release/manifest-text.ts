import { jsonText } from '../../release/json-text.ts';
import type { Manifest } from '../../release/manifest.ts';
import type { ManifestFormat } from '../view-state.ts';

/** A manifest as text. YAML's writer is loaded when it is first asked for. */
export const WRITERS = {
  json: async (manifest) => jsonText(manifest),
  yaml: async (manifest) => {
    const { yamlText } = await import('../../release/yaml-text.ts');
    return yamlText(manifest);
  },
} satisfies Record<ManifestFormat, (manifest: Manifest) => Promise<string>>;

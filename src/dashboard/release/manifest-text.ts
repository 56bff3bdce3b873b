import { jsonText } from '../../release/json-text.ts';
import type { Manifest } from '../../release/manifest.ts';
import { laterPart } from '../server-secret.ts';
import type { ManifestFormat } from '../view-state.ts';

const yamlTexts = laterPart(() => import('../../release/yaml-text.ts'));

/** A manifest as text. YAML's writer is loaded when it is first asked for. */
export const WRITERS = {
  json: async (manifest) => jsonText(manifest),
  yaml: async (manifest) => {
    const { yamlText } = await yamlTexts();
    return yamlText(manifest);
  },
} satisfies Record<ManifestFormat, (manifest: Manifest) => Promise<string>>;

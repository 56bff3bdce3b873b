import { laterPart } from '../../live/server-secret.ts';
import type { Manifest } from '../../release/history/manifest.ts';
import { jsonText } from '../../release/text/json-text.ts';
import type { ManifestFormat } from '../../views/params.ts';

const yamlTexts = laterPart(() => import('../../release/text/yaml-text.ts'));

/** A manifest as text. YAML's writer is loaded when it is first asked for. */
export const WRITERS = {
  json: async (manifest) => jsonText(manifest),
  yaml: async (manifest) => {
    const { yamlText } = await yamlTexts();
    return yamlText(manifest);
  },
} satisfies Record<ManifestFormat, (manifest: Manifest) => Promise<string>>;

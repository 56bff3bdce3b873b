import type { Manifest } from '../../release/manifest.ts';
import type { ManifestFormat } from '../view-state.ts';

/** A manifest as text. YAML's writer is loaded when it is first asked for. */
export const WRITERS = {
  json: async (manifest) => `${JSON.stringify(manifest, null, 2)}\n`,
  yaml: async (manifest) => {
    const { stringify } = await import('yaml');
    // No folding: a line break within a commit message or a URL would be a trap. No anchors: people read this.
    return stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false });
  },
} satisfies Record<ManifestFormat, (manifest: Manifest) => Promise<string>>;

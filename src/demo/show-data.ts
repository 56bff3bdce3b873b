import { createServer, loadConfigFromFile, type Plugin, type PluginOption, type ViteDevServer } from 'vite';
import { readEnvironment } from '../devserver/env-files.ts';
import { releaseMatrix } from '../devserver/plugin.ts';
import type { EmbeddedTable } from '../devserver/table/embedded-table.ts';

/** Settings that would lead away from the embedded table, or that it has no use for. */
const NOT_FOR_DATA = ['AWS_PROFILE', 'AWS_CREDENTIALS', 'DYNAMODB_ENDPOINT', 'RELEASE_KEY_NAMES'] as const;

/**
 * Starts the dashboard on an embedded table, by the project's own Vite config, in which only the local server's plugin
 * is replaced. No simulated CI: it continues the demo estate, not somebody's releases.
 *
 * @param root the project's folder
 * @throws Error when the config cannot be read or the server cannot start
 */
export async function showData(
  table: EmbeddedTable,
  region: string,
  root: string,
  own: NodeJS.ProcessEnv,
): Promise<ViteDevServer> {
  const loaded = await loadConfigFromFile({ command: 'serve', mode: 'development' }, undefined, root);
  if (loaded === null) throw new Error('The project has no Vite config.');
  const env: NodeJS.ProcessEnv = {
    ...readEnvironment(root, own),
    RELEASE_TABLE: table.table,
    AWS_REGION: region,
    SIMULATED_CI: 'off',
  };
  for (const name of NOT_FOR_DATA) delete env[name];
  const plugins = await flat(loaded.config.plugins ?? []);
  const server = await createServer({
    ...loaded.config,
    root,
    configFile: false,
    plugins: [
      releaseMatrix({ openTable: async () => table, env }),
      ...plugins.filter(({ name }) => name !== 'release-matrix'),
    ],
  });
  await server.listen();
  server.printUrls();
  return server;
}

async function flat(option: PluginOption): Promise<Plugin[]> {
  const resolved = await option;
  if (!resolved) return [];
  if (!Array.isArray(resolved)) return [resolved];
  return (await Promise.all(resolved.map(flat))).flat();
}

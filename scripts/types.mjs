// `npm run types`: compiles every folder with its own tsconfig.json, and so with its own surroundings (the domain: none;
// the page: the DOM; the server: Node).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Found, not listed: a new folder of src without a tsconfig.json of its own would otherwise be compiled by nobody.
const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join('src', entry.name))
  .filter((folder) => readdirSync(folder).length > 0);

for (const folder of [...folders, 'tests']) {
  if (!existsSync(join(folder, 'tsconfig.json'))) {
    process.stderr.write(
      `${folder} has no tsconfig.json, so nothing checks its types. Give it one like its neighbours'.\n`,
    );
    process.exitCode = 1;
    continue;
  }
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    process.stderr.write(`The types of ${folder} do not hold.\n`);
    process.exitCode = 1;
  }
}

import { ROOT } from './project.ts';
import { runDemo } from './run-demo.ts';
import { showData } from './show-data.ts';

process.exitCode = await runDemo(process.argv.slice(2), {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  err: process.stderr,
  show: async (table, region) => {
    await showData(table, region, ROOT, process.env);
  },
});

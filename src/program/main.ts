import { version } from '../../package.json' with { type: 'json' };
import { runProcess } from '../cli/process.ts';
import { readFilePage } from './built-page.ts';
import { addAssistant } from './mcp-command.ts';
import { addDashboard } from './ui-command.ts';

// By itself alone: `publish` has an option of that name, which is a component's.
if (process.argv.slice(2).join(' ') === '--version') process.stdout.write(`${version}\n`);
else
  await runProcess((program, context, ended) => {
    addDashboard(program, context, ended);
    addAssistant(program, context, ended);
  }, readFilePage);

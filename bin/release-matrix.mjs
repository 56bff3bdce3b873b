#!/usr/bin/env node
// Runs the command line from its sources, so that it needs no build within the repository.
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)));
await import('../scripts/run-ts.mjs');

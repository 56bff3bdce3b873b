#!/usr/bin/env node
// Runs the command line from its sources, so that it needs no build within the repository; `ui` alone serves
// the page as `npm run build` left it.
import { fileURLToPath } from 'node:url';

process.argv.splice(2, 0, fileURLToPath(new URL('../src/program/main.ts', import.meta.url)));
await import('../scripts/run-ts.mjs');

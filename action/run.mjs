// What the runner starts: the command line in the bundle beside this file, told by the action's inputs.
process.argv.splice(2, Infinity, 'action');
await import('./release-matrix.mjs');

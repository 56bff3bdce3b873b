// What is checked without running the product, as steps of a suite. The programs are those of node_modules.

/** @type {readonly import('./steps.mjs').Step[]} */
export const CHECK_STEPS = [
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint, format, cycles', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'who imports whom', command: ['npm', 'run', '--silent', 'rooms'] },
  // Exact, so it is held to its bounds here; what takes minutes and a quiet machine is left to `npm run bench`.
  { name: 'sizes of the bundle', command: ['npm', 'run', '--silent', 'bench', '--', '--only', 'bundle'] },
  { name: 'dead code', command: ['npm', 'run', '--silent', 'dead-code'] },
];

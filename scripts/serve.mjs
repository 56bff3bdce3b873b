// `npm run dev` and `npm run preview`: Vite, with one flag of ours, as its command line refuses those it does not know.
const SHARED_MACHINE = '--shared-machine';

if (process.argv.includes(SHARED_MACHINE)) {
  process.argv = process.argv.filter((argument) => argument !== SHARED_MACHINE);
  process.env.SHARED_MACHINE = 'on';
}
await import(new URL('../node_modules/vite/bin/vite.js', import.meta.url).href);

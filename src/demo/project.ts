import { resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** The command line as one file, as it is committed. */
export const PROGRAM = resolve(ROOT, 'action/release-matrix.mjs');

import { gzipSync } from 'node:zlib';
import type { Rolldown } from 'vite';
import type { Line } from './results.ts';

/** A lazy file smaller than this is not worth a line of its own, kB. */
const LISTED_KB = 3;

/** G13: sizes of the files that `vite build` writes, gzip -9, 1 kB = 1000 B. They are exact, so one build is enough. */
export function benchBundle({ output }: Rolldown.RolldownOutput): Line[] {
  const chunks = output.filter((file) => file.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (entry === undefined) throw new Error('The build has no entry.');
  const css = sum(
    output.flatMap((file) =>
      file.type === 'asset' && file.fileName.endsWith('.css') ? [gzipKb(String(file.source))] : [],
    ),
  );
  const withImports = (names: readonly string[]): Set<Rolldown.OutputChunk> => {
    const found = new Set<Rolldown.OutputChunk>();
    const add = (name: string) => {
      const chunk = byName.get(name);
      if (chunk === undefined || found.has(chunk)) return;
      found.add(chunk);
      for (const imported of chunk.imports) add(imported);
    };
    for (const name of names) add(name);
    return found;
  };
  // The worker is built apart, and handed over as finished files.
  const workerFiles = new Map(
    output.flatMap((file): [string, string][] =>
      file.type === 'asset' && file.fileName.endsWith('.js') ? [[file.fileName, String(file.source)]] : [],
    ),
  );
  const ofWorker = (name: string, found = new Set<string>()): Set<string> => {
    if (found.has(name)) return found;
    found.add(name);
    for (const [, imported] of (workerFiles.get(name) ?? '').matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) {
      ofWorker(`assets/${imported}`, found);
    }
    return found;
  };
  const worker = [...workerFiles.keys()].find((name) => /\/worker-/.test(name));
  if (worker === undefined) throw new Error('The build has no worker.');
  const sizeOf = (names: Iterable<string>) => sum([...names].map((name) => gzipKb(workerFiles.get(name) ?? '')));
  const atFirst = sizeOf(ofWorker(worker));
  const size = (some: Iterable<Rolldown.OutputChunk>) => sum([...some].map(({ code }) => gzipKb(code)));
  const first = withImports([entry.fileName]);
  // What the entry asks for itself, before anybody does anything: the page, and the worker that reads.
  const matrix = withImports([entry.fileName, ...entry.dynamicImports]);
  const lazy = chunks.filter((chunk) => !matrix.has(chunk)).map((chunk) => ({ chunk, kb: gzipKb(chunk.code) }));
  const thirdParty = sum(chunks.map((chunk) => gzipKb(chunk.code) * thirdPartyShare(chunk)));
  const exact = (subject: string, measure: string, kb: number, id: NonNullable<Line['id']>): Line => ({
    subject,
    measure,
    ours: [kb],
    target: null,
    id,
  });
  return [
    exact('critical path', 'entry with its imports, and the style sheet', size(first) + css, 'bundle-critical'),
    exact('first load', 'all that the matrix needs', size(matrix) + css + atFirst, 'bundle-matrix'),
    exact('whole app', 'every file', size(chunks) + css + sizeOf(workerFiles.keys()), 'bundle-whole'),
    exact('third party', 'every file of the page, by share of the source', thirdParty, 'bundle-third-party'),
    { subject: 'first load', measure: 'worker, kB', ours: [atFirst], target: null, under: 'G13' },
    ...[...matrix]
      .map((chunk) => ({ chunk, kb: gzipKb(chunk.code) }))
      .filter(({ kb }) => kb >= LISTED_KB)
      .sort((a, b) => b.kb - a.kb)
      .map(({ chunk, kb }): Line => listed(first.has(chunk) ? 'at once' : 'first load', chunk, kb)),
    ...lazy
      .filter(({ kb }) => kb >= LISTED_KB)
      .sort((a, b) => b.kb - a.kb)
      .map(({ chunk, kb }): Line => listed('when used', chunk, kb)),
  ];
}

function listed(when: string, chunk: Rolldown.OutputChunk, kb: number): Line {
  return { subject: when, measure: `${chunk.name}, kB`, ours: [kb], target: null, under: 'G13' };
}

/** By length before it is made small, which is near enough. */
function thirdPartyShare({ modules }: Rolldown.OutputChunk): number {
  let ours = 0;
  let theirs = 0;
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    if (id.includes('/node_modules/')) theirs += renderedLength;
    else ours += renderedLength;
  }
  return theirs + ours === 0 ? 0 : theirs / (theirs + ours);
}

function gzipKb(text: string): number {
  return gzipSync(text, { level: 9 }).length / 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

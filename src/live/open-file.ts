import type { PageStart } from '../contract/local-server.ts';
import type { FilePolicy, OneFile } from '../contract/one-file.ts';
import type { Item } from '../release/item/item.ts';
import type { PolicyDocument } from '../release/policy/policy-document.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../release/policy/policy-item.ts';
import * as terms from '../release/policy/policy-terms.ts';
import { ofTable, policyOfDocument } from '../release/policy/read-policy.ts';
import { memoryStore } from './activity-store.ts';
import { type Engine, startEngine } from './engine.ts';
import { startIntake } from './fragment-intake.ts';
import type { TableData } from './table-data.ts';
import type { TableReader } from './table-reader.ts';

/** What a page is told in place of the start that a local server gives. */
export function fileStart({ table, region, readAt, asked, judged, policy }: OneFile): PageStart {
  return {
    source: { kind: 'file', asOf: readAt, asked, judged, isReached: table !== null && region !== null },
    table: table ?? 'Releases',
    region: region ?? '',
    keyNames: null,
    // It was read as a policy once before, and is again: what is not one is told as such.
    policy: policy.source === 'file' ? ((policy.document ?? null) as unknown as PolicyDocument | null) : null,
    pollIntervalMs: Number.POSITIVE_INFINITY,
    readUnitsPerHour: null,
  };
}

/**
 * An engine whose table is a file: read once, at the time at which it was made, and nothing of it is kept in the browser,
 * which may share what it keeps among all files of a machine.
 */
export function openFile(file: OneFile, items: readonly Item[]): Engine {
  return startEngine(fileStart(file), {
    reader: fileReader(file, items),
    openActivity: async () => memoryStore(null),
    openLastState: async () => {
      throw new Error('Nothing of a file is kept.');
    },
    server: { signIn: noServer, demo: noServer },
    idle: async () => {},
    loadRanges: async () => terms,
    loadFilePage: async () => {
      throw new Error('This page is one file already: copy that.');
    },
  });
}

async function noServer(): Promise<never> {
  throw new Error('A file has no local server.');
}

function fileReader(file: OneFile, items: readonly Item[]): TableReader {
  let read: Promise<TableData> | null = null;
  return {
    async read() {
      read ??= tableOf(file, items);
      return { table: await read, wholeFault: null, slowMs: null };
    },
    restMs: () => 0,
  };
}

async function tableOf(
  { keyNames, policy: written, readAt, judged }: OneFile,
  items: readonly Item[],
): Promise<TableData> {
  const policy = policyOf(written);
  const { environments } = policy.policy;
  const intake = startIntake(null, keyNames, environments, new AbortController().signal);
  const { change: _, ...taken } = await intake.finish(items);
  return {
    ...taken,
    policy,
    readAt,
    keyNames,
    keysFrom: 'table',
    readUnits: null,
    tookMs: 0,
    incomplete: null,
    access: null,
    detection: null,
    ...(judged === null ? {} : { judged: new Set(judged) }),
  };
}

function policyOf({ source, document, written }: FilePolicy): PolicyInForce {
  switch (source) {
    case 'defaults':
      return DEFAULTS_IN_FORCE;
    case 'file':
      return policyOfDocument(document, 'file');
    case 'table':
      return { ...ofTable(document), ...(written === undefined ? {} : { written }) };
  }
}

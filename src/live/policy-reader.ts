import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PageStart } from '../contract/local-server.ts';
import { ReadFault } from '../contract/read-fault.ts';
import { equalValues } from '../release/item/equal-values.ts';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import type { Item, KeyNames } from '../release/item/item.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../release/policy/policy-item.ts';
import { readItemAt } from '../store/single-item.ts';
import type { DescribedTable } from '../store/table-keys.ts';
import { laterPart } from './later-part.ts';

/** Finds out which policy is in force. As long as its document is the same, so is the object that it gives. */
export interface PolicyReader {
  /**
   * Before the fragments are read.
   *
   * @param consistent as it is now, for twice the units, and not as a replica remembers it
   * @returns `policy` null: it cannot be asked for alone, and is to be looked for in what is read
   * @throws ReadFault when the call fails for any other reason than that it is not allowed
   */
  ask(
    client: DynamoDBDocumentClient,
    described: Pick<DescribedTable, 'table' | 'keys'>,
    signal: AbortSignal,
    consistent?: boolean,
  ): Promise<{ readonly policy: PolicyInForce | null; readonly readUnits: number | null }>;
  /** That of the items of a whole reading, for where it could not be asked for; to be called after `ask`. */
  among(items: readonly Item[], keys: KeyNames): PolicyInForce;
}

/** What reads a document: loaded only where there is one, since the schema is a quarter of the program that reads. */
const documentReading = laterPart(() => import('../release/policy/read-policy.ts'));
type DocumentReading = typeof import('../release/policy/read-policy.ts');

/** @param document that of the settings' file, which wins over the table's item; null: none */
export function policyReader(document: PageStart['policy']): PolicyReader {
  let documents: DocumentReading | null = null;
  const loadDocuments = async (): Promise<DocumentReading> => {
    documents ??= await documentReading();
    return documents;
  };
  let known: { readonly item: Item | null; readonly policy: PolicyInForce } = { item: null, policy: DEFAULTS_IN_FORCE };
  if (document !== null) {
    let ofFile: PolicyInForce | null = null;
    return {
      async ask() {
        ofFile ??= (await loadDocuments()).policyOfDocument(document, 'file');
        return { policy: ofFile, readUnits: 0 };
      },
      among: () => ofFile ?? DEFAULTS_IN_FORCE,
    };
  }
  let denied = false;
  const isKnown = (item: Item | null): boolean =>
    item === known.item || (item !== null && known.item !== null && equalValues(item, known.item));
  const policyOf = (item: Item | null, by: DocumentReading | null, keys: KeyNames): PolicyInForce => {
    if (isKnown(item)) return known.policy;
    if (item === null) known = { item, policy: DEFAULTS_IN_FORCE };
    else if (by === null) throw new Error('A policy item was found before what reads it was loaded.');
    else known = { item, policy: by.policyOfTable([item], keys) };
    return known.policy;
  };
  return {
    async ask(client, described, signal, consistent = false) {
      if (denied) return { policy: null, readUnits: 0 };
      try {
        const { item, readUnits } = await readItemAt(client, described, POLICY_ITEM, { signal, consistent });
        const by = item === null || isKnown(item) ? documents : await loadDocuments();
        return { policy: policyOf(item, by, described.keys), readUnits };
      } catch (error) {
        // Somebody may be allowed to scan the table and nothing else: the item is in the Scan as well.
        if (!(error instanceof ReadFault) || error.code !== 'access-denied') throw error;
        await loadDocuments();
        denied = true;
        return { policy: null, readUnits: 0 };
      }
    },
    among(items, keys) {
      const found = items.find(
        (item) => item[keys.release] === POLICY_ITEM.release && item[keys.component] === POLICY_ITEM.component,
      );
      return policyOf(found ?? null, documents, keys);
    },
  };
}

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backstageItems } from './canned-table.ts';
import { generatedItems, type TextItem } from './generated-items.ts';

const BACKSTAGE = join(resolve(import.meta.dirname, '../..'), '../shared/data/backstage-releases.json');

/** The Backstage estate where it is at hand, else a generated one of its size. */
export function estateItems(): [items: readonly TextItem[], name: string] {
  return existsSync(BACKSTAGE)
    ? [backstageItems(BACKSTAGE), 'Backstage']
    : [generatedItems(555, 331), 'generated, 555 × 331'];
}

import { expect, test } from 'vitest';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { unchangedSince } from '../../src/store/unchanged-condition.ts';

test('the past of an item takes no room from what it is', () => {
  const item: Item = { version: 'v1', 'component#name': 'a', writeId: 'w', commit: 'abcdef1' };
  const conditionOf = (more: Item) => unchangedSince(attributeValues({ ...item, ...more }), DOCUMENTED_KEYS);
  expect(conditionOf({ replaced: [{ commit: 'abcdef0' }] })).toEqual(conditionOf({}));
});

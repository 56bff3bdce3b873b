import { DOCUMENTED_KEYS, type Item, type PlainValue } from '../release/item/item.ts';

/** The items of the estate while faults are planted into it, by release and component key. */
export class Draft {
  readonly #items = new Map<string, Item>();

  /** Adds an item, in place of one with the same keys. */
  put(item: Item): void {
    const [release, key] = [item[DOCUMENTED_KEYS.release], item[DOCUMENTED_KEYS.component]];
    if (typeof release !== 'string' || typeof key !== 'string') throw new Error('An item of the table has both keys.');
    this.#items.set(`${release}\n${key}`, item);
  }

  has(release: string, key: string): boolean {
    return this.#items.has(`${release}\n${key}`);
  }

  /** @throws Error where there is no such item: the plan of faults and the estate must not drift apart */
  get(release: string, key: string): Item {
    const item = this.#items.get(`${release}\n${key}`);
    if (item === undefined) throw new Error(`The demo estate has no ${key} in ${release} to plant a fault in.`);
    return item;
  }

  /** Sets attributes of an item; undefined removes one. @throws Error where there is no such item */
  change(release: string, key: string, attributes: { readonly [name: string]: PlainValue | undefined }): void {
    const merged = { ...this.get(release, key), ...attributes };
    this.put(
      Object.fromEntries(
        Object.entries(merged).filter((entry): entry is [string, PlainValue] => entry[1] !== undefined),
      ),
    );
  }

  /** @throws Error where there is no such item */
  remove(release: string, key: string): void {
    this.get(release, key);
    this.#items.delete(`${release}\n${key}`);
  }

  items(): Item[] {
    return [...this.#items.values()];
  }
}

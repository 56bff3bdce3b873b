/** A table of which the browser keeps something. */
interface KeptTable {
  readonly name: string;
  /** When it was read last, ISO 8601; null: what is kept cannot be read, as it was sealed under another secret. */
  readonly readAt: string | null;
}

/** @returns those to be forgotten, so that no more than `limit` are left: all that cannot be read, and the oldest */
export function tooMany(tables: readonly KeptTable[], limit: number): readonly KeptTable[] {
  const readable = tables.filter(({ readAt }) => readAt !== null);
  readable.sort((a, b) => ((a.readAt ?? '') < (b.readAt ?? '') ? 1 : -1));
  return [...tables.filter(({ readAt }) => readAt === null), ...readable.slice(limit)];
}

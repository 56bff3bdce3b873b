import { CANNED_TABLE } from '../canned-names.ts';

/** A page of a Scan as it comes. */
export interface BarePage {
  readonly Items: unknown[];
  readonly LastEvaluatedKey?: unknown;
}

/**
 * The limit: the pages of a table one after the other, each parsed, nothing done with them.
 *
 * @param segments how many such chains go side by side
 */
export async function bareScan(endpoint: string, segments: number): Promise<BarePage[]> {
  const chains = Array.from({ length: segments }, async (_, Segment) => {
    const pages: BarePage[] = [];
    let start: unknown;
    do {
      const split = segments === 1 ? {} : { Segment, TotalSegments: segments };
      const page: BarePage = await call(endpoint, 'Scan', { ExclusiveStartKey: start, ...split });
      pages.push(page);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return pages;
  });
  return (await Promise.all(chains)).flat();
}

/** The least that a poll can be: one item asked for and parsed. */
export async function askOnce(endpoint: string): Promise<void> {
  await call(endpoint, 'GetItem', { Key: { version: { S: 'none' }, 'component#name': { S: 'none' } } });
}

async function call(endpoint: string, operation: string, input: object) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: JSON.stringify({ TableName: CANNED_TABLE, ...input }),
    cache: 'no-store',
  });
  return JSON.parse(await answer.text());
}

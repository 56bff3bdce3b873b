import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS } from '../../scripts/rooms.mjs';

// docs/architecture.md shows the rooms of scripts/rooms.mjs: folders of src as a picture, and what is in them as a table.

const TEXT = readFileSync(resolve(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
const folderOf = (room: string): string => room.split('/')[0] ?? '';
const FOLDERS = [...new Set(Object.keys(ROOMS).map(folderOf))].sort();

/** By folder, what can be reached from it along arrows. */
function reached(arrows: readonly (readonly [from: string, to: string])[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    FOLDERS.map((folder) => {
      const found = new Set<string>();
      const follow = (from: string): void => {
        for (const [one, to] of arrows) {
          if (one !== from || found.has(to)) continue;
          found.add(to);
          follow(to);
        }
      };
      follow(folder);
      return [folder, [...found].sort()];
    }),
  );
}

test('the picture of the rooms has each folder of src, and leads where its imports lead', () => {
  const [, picture = ''] = /```mermaid\ngraph BT\n([\s\S]*?)```/.exec(TEXT) ?? [];
  const drawn = [...picture.matchAll(/^ +(\w+) --> (\w+)$/gm)].map(([, from = '', to = '']) => [from, to] as const);
  expect([...new Set(drawn.flat())].sort()).toEqual(FOLDERS);
  const imports = Object.entries(ROOMS).flatMap(([room, { from }]) =>
    from.map((other) => [folderOf(room), folderOf(other)] as const).filter(([one, other]) => one !== other),
  );
  expect(reached(drawn)).toEqual(reached(imports));
});

test('the table of the rooms has a row for each folder of src, with the rooms in it', () => {
  const rows = new Map(
    [...TEXT.matchAll(/^\| `src\/(\w+)` \| (.*) \|$/gm)].map(([, name = '', row = '']) => [name, row]),
  );
  expect([...rows.keys()].sort()).toEqual(FOLDERS);
  const untold = Object.keys(ROOMS).filter((room) => {
    const [folder = '', inside] = room.split('/');
    return inside !== undefined && rows.get(folder)?.includes(`\`${inside}\``) !== true;
  });
  expect(untold).toEqual([]);
});

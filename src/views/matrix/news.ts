import type { Report } from '../../release/report/report.ts';

/** Fragments that arrived or changed since they were last looked at, by `Fragment#id`. */
export type News = ReadonlyMap<string, 'new' | 'changed'>;

/** Whether something in a cell arrived or changed since it was last looked at. */
export type CellNews = 'new' | 'changed' | null;

/** The cells that hold news. */
export interface NewsPlace {
  /** Tag. */
  readonly release: string;
  /** Component id. */
  readonly component: string;
  readonly news: 'new' | 'changed';
}

/** Where the news are. What changed in a cell weighs more than what arrived in it. */
export function placesOfNews({ rows, components }: Report, news: News): NewsPlace[] {
  if (news.size === 0) return [];
  const places: NewsPlace[] = [];
  for (const { release, cells } of rows) {
    cells.forEach((cell, column) => {
      let found: CellNews = null;
      for (const { id } of cell?.entries ?? []) {
        const kind = news.get(id);
        if (kind !== undefined && found !== 'changed') found = kind;
      }
      const component = components[column];
      if (found !== null && component !== undefined) {
        places.push({ release: release.tag, component: component.id, news: found });
      }
    });
  }
  return places;
}

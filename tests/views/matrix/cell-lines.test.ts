import { describe, expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { cellDescription, cellName, faceOf } from '../../../src/views/matrix/cell-face.ts';
import { placesOfNews } from '../../../src/views/matrix/news.ts';
import { reportOf } from './estate.ts';

function contentIn(report: Report, tag: string, id: string, environments: readonly string[] | null = null) {
  const row = report.rows.find(({ release }) => release.tag === tag);
  const column = report.components.findIndex((component) => component.id === id);
  const component = report.components[column];
  if (!row || !component) throw new Error(`Expected ${id} in ${tag}.`);
  const face = faceOf(component.type, tag, row.cells[column] ?? null, environments);
  return { ...face, name: cellName(component, row.release, face) };
}

const running = (environment: string, image: string, ready: number): [string, Item] => [
  `v1.1.0 k8s#${environment}-deployment/api`,
  { imageRef: `ghcr.io/acme/api:${image}`, replicas: 3, readyReplicas: ready },
];

describe('where a workload runs', () => {
  test.each<[string, [string, Item][], string, string, string]>([
    ['one environment', [running('prod', '1.1.0', 3)], '1.1.0', '', 'prod 3/3 ready'],
    [
      'two, one of them short',
      [running('prod', '1.1.0', 1), running('staging', '1.1.0', 3)],
      '1.1.0',
      '1/3',
      'staging 3/3 ready; prod 1/3 ready',
    ],
    [
      'two that differ',
      [running('prod', '1.0.9', 3), running('preprod', '1.1.0', 3)],
      '1.1.0 / 1.0.9',
      '1.1.0 / 1.0.9',
      'preprod 1.1.0 3/3 ready; prod 1.0.9 3/3 ready',
    ],
    [
      'many, all whole',
      [running('dev', '1.1.0', 3), running('qa', '1.1.0', 3), running('prod', '1.1.0', 3)],
      '1.1.0',
      '',
      'dev 3/3 ready; qa 3/3 ready; prod 3/3 ready',
    ],
    [
      'many, with what is ready where that is least',
      [running('dev', '1.1.0', 2), running('qa', '1.1.0', 0), running('prod', '1.1.0', 3)],
      '1.1.0',
      '0/3',
      'dev 2/3 ready; qa 0/3 ready; prod 3/3 ready',
    ],
  ])('%s', (_, fragments, text, shown, description) => {
    expect(contentIn(reportOf(...fragments), 'v1.1.0', 'k8s#api')).toMatchObject({ text, shown, description });
  });

  test('under an environment filter only its entries count, and a cell without any says so', () => {
    const report = reportOf(running('prod', '1.0.9', 3), running('staging', '1.1.0', 3), 'v1.1.0 backend#lib');
    expect(contentIn(report, 'v1.1.0', 'k8s#api', ['prod'])).toMatchObject({
      text: '1.0.9',
      name: 'api in v1.1.0: 1.0.9, 1 finding: environment-split',
      shown: '1.0.9',
    });
    expect(contentIn(report, 'v1.1.0', 'k8s#api', ['dev', 'qa'])).toMatchObject({
      look: 'elsewhere',
      text: '·',
      name: 'api in v1.1.0: not in dev or qa',
    });
    expect(contentIn(report, 'v1.1.0', 'backend#lib', ['prod']).name).toBe('lib in v1.1.0: not in prod');
  });
});

test('news of any entry is the cell’s; a change tells more than an arrival', () => {
  const report = reportOf(running('prod', '1.1.0', 3), running('staging', '1.1.0', 3), 'v1.0.0 backend#api');
  const [staging = '', prod = ''] = report.rows[0]?.cells.at(-1)?.entries.map(({ id }) => id) ?? [];
  const placesOf = (...news: [string, 'new' | 'changed'][]) => placesOfNews(report, new Map(news));
  const place = { release: 'v1.1.0', component: 'k8s#api' };
  expect(placesOf()).toEqual([]);
  expect(placesOf([staging, 'new'])).toEqual([{ ...place, news: 'new' }]);
  expect(placesOf([staging, 'new'], [prod, 'changed'])).toEqual([{ ...place, news: 'changed' }]);
  expect(placesOf([staging, 'changed'], [prod, 'new'])).toEqual([{ ...place, news: 'changed' }]);
  expect(placesOf(['of no cell', 'new'])).toEqual([]);
});

test('what is new is said after all else', () => {
  const face = faceOf('k8s', 'v1.1.0', reportOf(running('prod', '1.1.0', 3)).rows[0]?.cells[0] ?? null, null);
  expect(cellDescription(face, null)).toBe('prod 3/3 ready');
  expect(cellDescription(face, 'changed')).toBe('prod 3/3 ready; changed since you last looked');
  expect(cellDescription(faceOf('backend', 'v1.1.0', null, null), 'new')).toBe('arrived since you last looked');
});

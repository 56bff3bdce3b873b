import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ONE_FILE_ID, readOneFile } from '../../src/contract/one-file.ts';
import { buildEstate } from '../../src/demo/estate.ts';
import type { ToldMatrix } from '../../src/live/engine.ts';
import { openFile } from '../../src/live/open-file.ts';
import { unpackItems } from '../../src/live/packed-items.ts';
import { NOTHING_SHOWN } from '../../src/live/shown-releases.ts';
import type { Exported } from '../../src/views/export/export-answer.ts';
import { releaseMatrix } from './command.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const PAGE = `<script type="application/json" id="${ONE_FILE_ID}"></script>`;

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The engine of such a file, once it has read it. */
async function engineIn(html: string) {
  const data = readOneFile(html.slice(PAGE.indexOf('</'), html.indexOf('</script>')));
  const engine = openFile(data, await unpackItems(data.items));
  const told = new Promise<ToldMatrix>((tell) => {
    engine.listen((message) => message.kind === 'matrix' && tell(message));
  });
  await engine.read({ whole: true, shown: NOTHING_SHOWN }, new AbortController().signal);
  expect((await told).of).toBe('table');
  return engine;
}

test('the page in it says what the gate says, of every release that was asked for', async () => {
  const { items } = buildEstate({ now: NOW });
  const from = join(folder, 'demo.json');
  writeFileSync(from, JSON.stringify(items));
  for (const tag of ['v1.4.0', 'v1.6.1-rc.1', 'v1.8.0-alpha.2', 'v1.4.3', null]) {
    const said = join(folder, 'said.json');
    const { stdout } = await releaseMatrix(
      ['report', tag ?? '--all', '--from', from, '--now', NOW, '--format', 'html', '--format', `json=${said}`],
      {},
      { filePage: () => PAGE },
    );
    const engine = await engineIn(stdout);
    const gated = [JSON.parse(readFileSync(said, 'utf8'))].flat();
    expect(gated.length).toBeGreaterThan(0);
    for (const { release, stage, verdict, completeness, findings } of gated) {
      const answer = await engine.ask('release', { release, as: stage === 'other' ? null : stage, findings: 10_000 });
      expect({ release, verdict: answer?.row.verdict.result }).toEqual({ release, verdict });
      expect(answer?.row.completeness).toEqual(completeness);
      if (stage === 'other') continue;
      expect(answer?.judged.result).toBe(verdict);
      expect(answer?.judged.findings.map(({ finding }) => finding.code).sort()).toEqual(
        findings.map(({ code }: { code: string }) => code).sort(),
      );
    }
  }
});

test('what a view exports is what the command prints: what runs where, a comparison, and what is found', async () => {
  const { items } = buildEstate({ now: NOW });
  const from = join(folder, 'whole.json');
  writeFileSync(from, JSON.stringify(items));
  const printed = async (...words: readonly string[]) =>
    (await releaseMatrix([...words, '--from', from, '--now', NOW])).stdout;
  const page = await releaseMatrix(
    ['report', '--all', '--from', from, '--now', NOW, '--format', 'html'],
    {},
    { filePage: () => PAGE },
  );
  const engine = await engineIn(page.stdout);
  const filters = { stage: [], type: [], env: [], owner: [], q: '', problems: false };
  const exported = async (format: 'JSON' | 'CSV', of: Exported) =>
    (await engine.ask('export', { format, filters, of }))?.text ?? '';
  const rowsOf = (csv: string) => csv.split('\r\n').filter((line) => line !== '' && !line.startsWith('"# '));

  const sides = ['v1.4.0', 'v1.5.0'] as const;
  const asked: readonly (readonly [of: Exported, words: readonly string[]])[] = [
    [{ view: 'environments', off: null, at: null }, ['deployed']],
    [{ view: 'environments', off: null, at: '2026-11-10' }, ['deployed', '--at', '2026-11-10']],
    [{ view: 'compare', a: sides[0], b: sides[1] }, ['compare', ...sides]],
    [{ view: 'findings', severity: [], code: [], waived: 'show' }, ['findings']],
  ];
  for (const [of, words] of asked) {
    const json = await exported('JSON', of);
    expect(JSON.parse(json)).toEqual(JSON.parse(await printed(...words, '--format', 'json')));
    const rows = rowsOf(await exported('CSV', of));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows).toEqual(rowsOf(await printed(...words, '--format', 'csv')));
  }
});

import { expect, test, vi } from 'vitest';
import { ReadFault } from '../../src/contract/read-fault.ts';
import { channelPair, connect, serve } from '../../src/live/port.ts';
import { type EngineHome, restartingEngine } from '../../src/live/restarting-engine.ts';
import { item } from '../release/report-of.ts';
import { engineOn } from './engine-on.ts';
import { readerOf, START } from './read-tables.ts';

const WISHES = { whole: false, shown: { chosen: [], inView: [] } };
const LOOK = { filters: { stage: [], type: [], owner: [], env: [], q: '', problems: false }, cells: true };
const TABLE = [item('v1.0.0', 'backend#api'), { version: 'v1.0.0', 'component#name': '' }];

/** Engines that end when a test says so. */
function mortal(readers: readonly ReturnType<typeof readerOf>[], mayOpen: () => Promise<ReadFault | null>) {
  const opened: { readonly resumed: boolean; readonly end: (how: 'ended' | 'never ran') => void }[] = [];
  const open = (resumed: boolean): EngineHome => {
    const [page, other] = channelPair();
    const reader = readers[Math.min(opened.length, readers.length - 1)] ?? readerOf(TABLE);
    serve(other, engineOn(reader, START));
    let end: (how: 'ended' | 'never ran') => void = () => {};
    const ended = new Promise<'ended' | 'never ran'>((resolve) => {
      end = resolve;
    });
    opened.push({ resumed, end });
    return { connection: connect(page), ended };
  };
  const engine = restartingEngine(open, mayOpen);
  const told: string[] = [];
  engine.listen((each) => told.push(each.kind === 'matrix' ? `matrix of ${each.of}` : each.kind));
  const read = () => engine.read(WISHES, new AbortController().signal);
  return { engine, opened, told, read };
}

const ours = async () => null;
/** A table that does not answer. */
const hanging = { read: () => new Promise<never>(() => {}), restMs: () => 0 };

test('an engine that ends in a reading is a fault, and the next reading starts another one', async () => {
  const { opened, read } = mortal([hanging, readerOf(TABLE)], ours);
  const reading = read();
  opened[0]?.end('ended');
  expect(await reading).toMatchObject({ fault: { code: 'engine-ended' }, restMs: 0 });
  expect(await read()).toMatchObject({ table: { fragments: 1 } });
  expect(opened.map(({ resumed }) => resumed)).toEqual([false, false]);
});

test('another one is told what is looked at, and that the page shows something already', async () => {
  const { engine, opened, told, read } = mortal([readerOf(TABLE)], ours);
  engine.look(LOOK);
  await read();
  await vi.waitFor(() => expect(told).toContain('matrix of table'));
  opened[0]?.end('ended');
  await Promise.resolve();
  told.length = 0;
  await read();
  await vi.waitFor(() => expect(told).toContain('matrix of table'));
  expect(opened.map(({ resumed }) => resumed)).toEqual([false, true]);
});

test('what is told before anybody listens, as while the rest of the page is on its way, is told to the first who does', async () => {
  const [page, other] = channelPair();
  serve(other, engineOn(readerOf(TABLE), START));
  const engine = restartingEngine(() => ({ connection: connect(page), ended: new Promise(() => {}) }), ours);
  engine.look(LOOK);
  await engine.read(WISHES, new AbortController().signal);
  await engine.ask('rejected', { first: 1 });
  const told: string[] = [];
  engine.listen(({ kind }) => told.push(kind));
  expect(told).toContain('matrix');
  const later: string[] = [];
  engine.listen(({ kind }) => later.push(kind));
  expect(later).toEqual([]);
});

test('a question waits for an engine that can answer it, through the end of another', async () => {
  const { engine, opened, read } = mortal([hanging, readerOf(TABLE)], ours);
  const answer = engine.ask('rejected', { first: 1 });
  const reading = read();
  opened[0]?.end('ended');
  await reading;
  await read();
  expect(await answer).toMatchObject({ all: 1 });
});

const silent = new ReadFault('local-server-stopped', 'Nobody answers.');
const foreign = new ReadFault('local-server-foreign', 'Somebody else answers.');

test.each([
  // It comes with the second try: no fresh page is needed.
  { who: 'ours', answers: null, never: 1, ends: ['local-server-stopped', 'read'] },
  // It does not come, though the server answers: that is another build of it.
  { who: 'ours', answers: null, never: 2, ends: ['local-server-stopped', 'local-server-restarted', 'read'] },
  { who: 'silent', answers: silent, never: 9, ends: ['local-server-stopped', 'local-server-stopped'] },
  { who: 'foreign', answers: foreign, never: 9, ends: ['local-server-foreign', 'local-server-foreign'] },
])('a program that cannot be loaded from a server that is $who: $ends', async ({ answers, never, ends }) => {
  const readers = Array.from({ length: never }, () => hanging);
  const { opened, read } = mortal([...readers, readerOf(TABLE)], async () => answers);
  const found: string[] = [];
  for (let time = 0; time < ends.length; time++) {
    const reading = read();
    await Promise.resolve();
    if (opened.length <= never) opened.at(-1)?.end('never ran');
    const outcome = await reading;
    found.push('fault' in outcome ? outcome.fault.code : 'read');
  }
  expect(found).toEqual(ends);
});

test('no program is loaded from whoever has taken the address', async () => {
  let answers: ReadFault | null = new ReadFault('local-server-foreign', 'Somebody else answers.');
  const { opened, read } = mortal([hanging, readerOf(TABLE)], async () => answers);
  const reading = read();
  opened[0]?.end('ended');
  await reading;
  expect(await read()).toMatchObject({ fault: { code: 'local-server-foreign' } });
  expect(opened).toHaveLength(1);
  answers = null;
  expect(await read()).toMatchObject({ table: { fragments: 1 } });
  expect(opened).toHaveLength(2);
});

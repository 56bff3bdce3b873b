import { faultFields, ReadFault } from '../contract/read-fault.ts';
import type { Engine, Look, Told } from './engine.ts';
import type { Connection } from './port.ts';

/** A worker, or whatever an engine lives in, that may end at any time. */
export interface EngineHome {
  readonly connection: Connection;
  /** Resolves when the engine has ended; `never ran`: it could not be loaded. */
  readonly ended: Promise<'ended' | 'never ran'>;
}

/**
 * An engine that is started again when it has ended: by the next reading, which reads the table anew. Until then the page
 * keeps what it was told, and the reading's fault says what is the matter.
 *
 * @param open starts one; `resumed`: the page still shows what another one told
 * @param mayOpen asked before each start but the first: whether the server that the program comes from is ours. Null: it
 *   is; else why it must not be loaded
 */
export function restartingEngine(
  open: (resumed: boolean) => EngineHome,
  mayOpen: () => Promise<ReadFault | null>,
): Engine {
  const listeners = new Set<(told: Told) => void>();
  /**
   * What was told while nobody listened: the rest of the page may still be on its way. Each update of a matrix goes by those
   * before it, so that none may be lost. Null: somebody listens, or did.
   */
  let missed: Told[] | null = [];
  const tell = (told: Told): void => {
    missed?.push(told);
    for (const listener of listeners) listener(told);
  };
  let look: Look | null = null;
  /** The program of the last one could not be loaded; and how many readings in a row have failed for that. */
  let neverRan = false;
  let failures = 0;
  let home: Connection | null = null;
  let hasTold = false;
  let ready = deferred<Connection>();

  const start = (): Connection => {
    const { connection, ended } = open(hasTold);
    home = connection;
    let isReady = false;
    connection.listen((told) => {
      if (connection !== home) return;
      failures = 0;
      tell(told);
      if (told.kind !== 'matrix' || told.table === null) return;
      hasTold = true;
      if (!isReady) ready.resolve(connection);
      isReady = true;
    });
    if (look !== null) connection.look(look);
    void ended.then((how) => {
      if (connection !== home) return;
      home = null;
      neverRan = how === 'never ran';
      if (isReady) ready = deferred();
      tell({ kind: 'progress', progress: null });
      connection.fail(new EngineEnded());
    });
    return connection;
  };
  start();

  const fault = (of: ReadFault) => ({ fault: faultFields(of), restMs: 0 });
  return {
    async read(wishes, signal) {
      let connection = home;
      if (connection === null) {
        const why = await mayOpen();
        signal.throwIfAborted();
        if (why !== null) return fault(why);
        connection = home ?? start();
      }
      try {
        return await connection.read(wishes, signal);
      } catch (error) {
        if (!(error instanceof EngineEnded)) throw error;
        if (!neverRan)
          return fault(new ReadFault('engine-ended', 'The part of the page that reads the table has ended.'));
        const why = await mayOpen();
        failures += 1;
        if (why !== null || failures === 1) return fault(why ?? notLoaded('local-server-stopped'));
        // Our server does not have it, even the second time: it is of another build, and only a fresh page helps.
        return fault(notLoaded('local-server-restarted'));
      }
    },
    look(at) {
      look = at;
      home?.look(at);
    },
    async ask(name, asks) {
      for (;;) {
        const connection = await ready.promise;
        try {
          return await connection.ask(name, asks);
        } catch (error) {
          if (!(error instanceof EngineEnded)) throw error;
        }
      }
    },
    async signIn(ask) {
      if (home === null) throw new EngineEnded();
      return home.signIn(ask);
    },
    async demo(ask) {
      if (home === null) throw new EngineEnded();
      return home.demo(ask);
    },
    seen: (place) => home?.seen(place),
    listen(listener) {
      listeners.add(listener);
      const before = missed ?? [];
      missed = null;
      for (const told of before) listener(told);
      return () => listeners.delete(listener);
    },
  };
}

function notLoaded(code: 'local-server-stopped' | 'local-server-restarted'): ReadFault {
  return new ReadFault(code, 'The part of the page that reads the table could not be loaded.');
}

/** Whoever was asked is no longer there. */
class EngineEnded extends Error {
  constructor() {
    super('The engine has ended.');
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

// `npm run rooms`: holds who may import whom. The table below is the one place where that stands: each room says in a
// sentence what goes in, the rooms that it takes from, and its packages. A room that is named by another never takes from
// it, not even by way of others, so that what a change can touch is read off the table.
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/** What of Node a room may use is any or none. */
const NODE = 'node:';
const DYNAMODB = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'];
const REACT = ['react', 'react-dom', 'clsx', 'lucide-react', '@base-ui/react'];

const DOMAIN = [
  'text',
  'item',
  'finding',
  'policy',
  'matrix',
  'evidence',
  'checks',
  'report',
  'deployed',
  'compare',
  'history',
  'plan',
].map((folder) => `release/${folder}`);
/** What every screen is made of. */
const SHARED = ['dashboard/state', 'dashboard/elements', 'dashboard/filters', 'dashboard/grid'];
const SCREENS = ['activity', 'compare', 'details', 'environments', 'findings', 'matrix', 'release'].map(
  (folder) => `dashboard/${folder}`,
);
const BELOW_THE_PAGE = ['limits', 'contract', 'store', 'views', 'live', ...DOMAIN];

/**
 * @typedef {{ holds: string, from: readonly string[], packages: readonly string[] }} Room
 * @type {Readonly<Record<string, Room>>}
 */
export const ROOMS = {
  limits: { holds: 'Every limit that somebody can meet, as numbers.', from: [], packages: [] },

  'release/text': {
    holds: 'Text as it is written into a file, a log or a Markdown document; lists and work in steps.',
    from: ['limits'],
    packages: ['zod', 'yaml'],
  },
  'release/item': {
    holds: 'An item of the table, the fragment in it and what its fields say: versions, images, environments.',
    from: ['limits', 'release/text'],
    packages: ['zod', 'semver'],
  },
  'release/finding': {
    holds: 'What a check can find, how much that weighs, and its words.',
    from: ['release/text', 'release/item'],
    packages: [],
  },
  'release/policy': {
    holds: 'The policy: as it is written, read and resolved.',
    from: ['limits', 'release/text', 'release/item', 'release/finding'],
    packages: ['zod', 'semver', 'yaml'],
  },
  'release/matrix': {
    holds: 'Releases down and components across, and what is worked out of that once for all checks.',
    from: ['release/text', 'release/item', 'release/finding', 'release/policy'],
    packages: [],
  },
  'release/evidence': {
    holds: 'What was checked of a release and signed: whether it holds for what the release has now, and what lacks.',
    from: ['release/item', 'release/finding', 'release/policy', 'release/matrix'],
    packages: [],
  },
  'release/checks': {
    holds: 'A file per check.',
    from: ['release/text', 'release/item', 'release/finding', 'release/policy', 'release/matrix', 'release/evidence'],
    packages: [],
  },
  'release/report': {
    holds:
      'Cells, findings and verdicts of all releases, made whole or out of the last ones; what the gate says of one.',
    from: [
      'limits',
      'release/text',
      'release/item',
      'release/finding',
      'release/policy',
      'release/matrix',
      'release/evidence',
      'release/checks',
    ],
    packages: ['zod'],
  },
  'release/deployed': {
    holds: 'What runs where, and what ran.',
    from: ['release/text', 'release/item', 'release/finding', 'release/policy', 'release/matrix', 'release/report'],
    packages: ['zod'],
  },
  'release/compare': {
    holds: 'What two releases, or two environments, have and have not in common.',
    from: [
      'release/text',
      'release/item',
      'release/finding',
      'release/policy',
      'release/matrix',
      'release/report',
      'release/deployed',
    ],
    packages: ['zod'],
  },
  'release/history': {
    holds: 'What happened between two readings, how a line of releases came about, and what a release is made of.',
    from: [
      'limits',
      'release/text',
      'release/item',
      'release/finding',
      'release/policy',
      'release/matrix',
      'release/report',
      'release/deployed',
      'release/compare',
    ],
    packages: ['zod'],
  },
  'release/plan': {
    holds:
      'What is left to do until a release is promoted, or an environment is back at one: tags, images, their order.',
    from: [
      'release/text',
      'release/item',
      'release/finding',
      'release/policy',
      'release/matrix',
      'release/checks',
      'release/report',
      'release/deployed',
    ],
    packages: ['zod'],
  },

  contract: {
    holds: 'What page, local server and command line say to each other: routes, faults, and how each is fixed.',
    from: ['release/text', 'release/item', 'release/policy'],
    packages: [],
  },
  store: {
    holds: 'DynamoDB: reading, writing, faults. Runs in a browser and in Node.',
    from: ['limits', 'contract', ...DOMAIN],
    packages: [...DYNAMODB, 'zod'],
  },
  aws: {
    holds: 'The way from a profile to credentials.',
    from: ['limits', 'release/text', 'contract', 'store'],
    packages: [NODE, '@aws-sdk/client-sts', '@aws-sdk/credential-providers', '@smithy/core'],
  },
  views: {
    holds: 'What each view shows, as plain data made of a report: what the filters leave, what is exported. No React.',
    from: ['limits', ...DOMAIN],
    packages: ['@leeoniya/ufuzzy'],
  },
  live: {
    holds:
      'The copy of the table that is kept up to date, its report, and the answers of the views. No React, no document.',
    from: ['limits', 'contract', 'store', 'views', ...DOMAIN],
    packages: ['@aws-sdk/lib-dynamodb', 'idb', 'zod'],
  },

  'dashboard/state': {
    holds: 'What the page remembers and shares: the address, theme, density, the table that is read.',
    from: BELOW_THE_PAGE,
    packages: [...REACT, 'nuqs', '@tanstack/react-query'],
  },
  'dashboard/elements': {
    holds: 'What several screens are drawn with.',
    from: ['dashboard/state', ...BELOW_THE_PAGE],
    packages: [...REACT, 'markdown-it'],
  },
  'dashboard/filters': {
    holds: 'What the filters let through, and their bar.',
    from: ['dashboard/state', 'dashboard/elements', ...BELOW_THE_PAGE],
    packages: [...REACT],
  },
  'dashboard/grid': {
    holds: 'A place in a grid of cells, how keys move it, and the one that takes the focus.',
    from: ['dashboard/state', 'dashboard/elements', 'dashboard/filters', ...BELOW_THE_PAGE],
    packages: ['react'],
  },
  ...Object.fromEntries(
    SCREENS.map((screen) => [
      screen,
      {
        holds: 'One screen: its view, what that is made of, and its export.',
        from: [...SHARED, ...BELOW_THE_PAGE],
        packages: [...REACT, '@tanstack/react-virtual', '@tanstack/react-table'],
      },
    ]),
  ),
  'dashboard/faults': {
    holds: 'What is shown where there is nothing else to show, or something is the matter.',
    from: [...SHARED, ...BELOW_THE_PAGE],
    packages: REACT,
  },
  'dashboard/commands': {
    holds: 'The palette, its entries, and the help.',
    from: [...SHARED, ...BELOW_THE_PAGE],
    packages: REACT,
  },
  'dashboard/header': {
    holds: 'The header.',
    from: [...SHARED, 'dashboard/faults', ...BELOW_THE_PAGE],
    packages: REACT,
  },
  dashboard: {
    holds: 'The page itself: its start, and which screen is shown.',
    from: [...SHARED, ...SCREENS, 'dashboard/faults', 'dashboard/commands', 'dashboard/header', ...BELOW_THE_PAGE],
    packages: [...REACT, 'nuqs', '@tanstack/react-query'],
  },

  'devserver/guard': {
    holds: 'What is let in: checks of requests, tokens, heads of answers.',
    from: ['limits', 'contract', 'release/text', 'release/finding'],
    packages: [NODE, 'vite'],
  },
  'devserver/credentials': {
    holds: 'From a profile to what the page may have.',
    from: ['limits', 'contract', 'store', 'aws', 'devserver/guard', 'release/text', 'release/policy'],
    packages: [NODE, '@aws-sdk/client-sts', '@aws-sdk/credential-providers'],
  },
  'devserver/table': {
    holds: 'The table on this machine: embedded, or an emulator’s.',
    from: ['limits', 'contract', 'store', 'devserver/guard', ...DOMAIN],
    packages: [NODE, ...DYNAMODB, 'dynalite'],
  },
  devserver: {
    holds: 'The local server, in front of Vite or by itself: what answers at which address.',
    from: [
      'limits',
      'contract',
      'store',
      'aws',
      'devserver/guard',
      'devserver/credentials',
      'devserver/table',
      ...DOMAIN,
    ],
    packages: [NODE, 'vite', 'connect', 'sirv'],
  },
  'demo/story': {
    holds: '`npm run story`: a release of the demo estate, published and gated step by step.',
    from: ['limits', 'store', 'demo', 'devserver/table', 'cli/context', ...DOMAIN],
    packages: [NODE, ...DYNAMODB],
  },
  demo: {
    holds: 'The demo estate and its simulated CI, as data in a table.',
    from: ['limits', 'contract', 'store', 'devserver', 'devserver/table', 'cli/context', ...DOMAIN],
    packages: [NODE, ...DYNAMODB, 'semver', 'vite', 'commander', 'zod'],
  },

  'cli/context': {
    holds: 'What every command stands on: exit codes, the context, reading of files, printing.',
    from: ['limits', 'release/text', 'release/item', 'contract', 'store'],
    packages: [NODE, 'commander', 'cli-progress', 'zod'],
  },
  'cli/table': {
    holds: 'Which table, policy and credentials a command is about, and its releases.',
    from: ['limits', 'contract', 'store', 'aws', 'cli/context', ...DOMAIN],
    packages: [NODE, ...DYNAMODB, '@aws-sdk/credential-providers', 'commander'],
  },
  'cli/adapters': {
    holds: 'A file per release tool: from what it prints to fragments.',
    from: ['limits', 'cli/context', 'release/text', 'release/item'],
    packages: [NODE, 'zod', 'yaml', 'canonicalize'],
  },
  'cli/evidence': {
    holds: 'What was checked and by whom: test reports, what there was to be checked, the name of who signs.',
    from: ['limits', 'cli/context', 'release/text', 'release/item'],
    packages: [NODE, 'saxes', 'zod'],
  },
  'cli/publish': {
    holds: 'From options, a tool’s output and the CI’s facts to items, and the writing of them.',
    from: ['limits', 'contract', 'store', 'cli/context', 'cli/table', 'cli/adapters', ...DOMAIN],
    packages: [NODE, ...DYNAMODB, 'commander', 'zod', 'canonicalize'],
  },
  'cli/reports': {
    holds: 'What a command prints, a file per format.',
    from: ['limits', 'contract', 'store', 'cli/context', 'cli/table', ...DOMAIN],
    packages: [NODE, 'commander', 'junit-report-builder', 'canonicalize'],
  },
  'cli/commands': {
    holds: 'A file per command.',
    from: [
      'limits',
      'contract',
      'store',
      'aws',
      'cli/context',
      'cli/table',
      'cli/adapters',
      'cli/evidence',
      'cli/publish',
      'cli/reports',
      ...DOMAIN,
    ],
    packages: [NODE, ...DYNAMODB, 'commander', 'canonicalize', 'zod'],
  },
  cli: {
    holds: 'The program and the action: from words to a command.',
    from: ['limits', 'store', 'aws', 'release/text', 'cli/context', 'cli/publish', 'cli/reports', 'cli/commands'],
    packages: [NODE, 'commander', 'zod', 'yaml'],
  },

  program: {
    holds: 'The program that is given away: every command, the dashboard as it was built, and answers for assistants.',
    from: ['cli', 'cli/context', 'cli/table', 'contract', 'devserver', 'demo', 'release/text', 'release/item'],
    packages: [NODE, 'commander', 'zod', '@modelcontextprotocol/sdk'],
  },
};

/** Files that may import by an address that is only known when it is built, and what that is. */
const BY_ADDRESS = new Map([['dashboard/page-engine.ts', 'the worker’s own file, for a browser without such workers']]);

/**
 * Every import of the sources below a folder that the table does not allow, as `path:line imports "…": why`.
 *
 * @param {string} root the folder that holds `src`
 * @returns {string[]}
 */
export function forbiddenImports(root) {
  const names = Object.keys(ROOMS).toSorted((one, other) => other.length - one.length);
  /** @param {string} path below `src` */
  const roomOf = (path) => names.find((name) => path.startsWith(`${name}/`));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .toSorted();
  return files.flatMap((path) => {
    const own = roomOf(path);
    if (own === undefined) return [`src/${path}:1 is in no room of scripts/rooms.mjs`];
    const room = /** @type {Room} */ (ROOMS[own]);
    return importsOf(path, readFileSync(join(root, 'src', path), 'utf8')).flatMap(({ module, line }) => {
      const why =
        module === null
          ? BY_ADDRESS.has(path)
            ? null
            : 'is no plain text'
          : reasonAgainst(module, path, own, room, roomOf);
      return why === null
        ? []
        : [`src/${path}:${line} imports ${module === null ? 'what' : `"${module}", which`} ${why}`];
    });
  });
}

/**
 * @param {string} module as it is written
 * @param {string} path of the importing file, below `src`
 * @param {string} own its room
 * @param {Room} room
 * @param {(path: string) => string | undefined} roomOf
 * @returns {string | null}
 */
function reasonAgainst(module, path, own, room, roomOf) {
  if (!module.startsWith('.')) {
    if (isBuiltin(module)) {
      return module.startsWith(NODE) && room.packages.includes(NODE) ? null : `${own} must not use, as it is Node’s`;
    }
    const allowed = room.packages.some((name) => module === name || module.startsWith(`${name}/`));
    return allowed ? null : `is no package of ${own}`;
  }
  const target = posix.join(dirname(path), module.replace(/\?.*$/, ''));
  // The version that is built stands nowhere else.
  if (target === '../package.json') return null;
  if (target.startsWith('..')) return 'is outside of src';
  const other = roomOf(target);
  if (other === undefined) return 'is in no room';
  return other === own || room.from.includes(other) ? null : `is of ${other}, from which ${own} must not take`;
}

/**
 * @param {string} path
 * @param {string} source
 * @returns {{ module: string | null, line: number }[]} every module that is named, by `import`, `export … from`,
 *   `import()` or `import('…').Type`; null where it is no plain text
 */
function importsOf(path, source) {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`src/${path} cannot be parsed: ${errors[0]?.message}`);
  /** @type {{ module: string | null, line: number }[]} */
  const found = [];
  /** @param {unknown} node */
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return;
    const named = /** @type {Record<string, any>} */ (node);
    const from = /^(Import|ExportNamed|ExportAll)(Declaration|Expression)$|^TSImportType$/.test(named.type)
      ? (named.source ?? named.argument)
      : null;
    if (from !== null && from !== undefined) {
      const literal = from.type === 'TSLiteralType' ? from.literal : from;
      const module = literal.type === 'Literal' && typeof literal.value === 'string' ? literal.value : null;
      found.push({ module, line: source.slice(0, named.start).split('\n').length });
    }
    Object.values(named).forEach(visit);
  };
  visit(program);
  return found;
}

/** @returns {string[]} rooms that take from each other, by whatever way, and names that are none */
export function faultsOfTable() {
  /** @type {string[]} */
  const faults = [];
  /** @param {string} name @param {readonly string[]} way */
  const walk = (name, way) => {
    if (way.includes(name))
      return void faults.push(`a circle of rooms: ${[...way.slice(way.indexOf(name)), name].join(' → ')}`);
    const room = ROOMS[name];
    if (room === undefined) return void faults.push(`${way.at(-1)} takes from ${name}, which is no room`);
    for (const other of room.from) if (faults.length === 0) walk(other, [...way, name]);
  };
  const known = new Set();
  for (const name of Object.keys(ROOMS)) {
    if (!known.has(name)) walk(name, []);
    known.add(name);
  }
  return faults;
}

if (process.argv[1] !== undefined && relative(process.argv[1], import.meta.filename) === '') {
  const faults = [...faultsOfTable(), ...forbiddenImports(process.cwd())];
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 1;
  }
}

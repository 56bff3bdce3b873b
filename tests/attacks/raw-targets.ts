import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ROUTES } from '../../src/contract/local-server.ts';
import { ALL_CHECKS, type Checks } from '../../src/devserver/checks.ts';
import type { Serving } from '../../src/devserver/guard/security-headers.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import { MAX_CODE_MS } from '../../src/limits/limits.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { STUB_SESSION, startSts } from '../aws/sts-stub.ts';
import { lines, sendRaw } from '../devserver/raw-request.ts';
import { makeProject, type Served, serve } from '../devserver/served.ts';
import { sourceOf } from './browser-attack.ts';
import { OWN_PAGE_ATTACKS } from './own-page.ts';
import { UNSTOPPABLE_ATTACKS } from './own-page-outside.ts';
import type { RawAttack } from './raw-attack.ts';
import { CREDENTIAL_ATTACKS } from './raw-credentials.ts';
import { FILE_ATTACKS } from './raw-files.ts';
import { SHARED_ATTACKS } from './raw-shared.ts';
import { SLOW_ATTACKS } from './raw-slow.ts';
import { OTHER, TABLE, TABLE_ATTACKS } from './raw-table.ts';
import { DEV_UPGRADE_ATTACKS, UPGRADE_ATTACKS } from './raw-upgrade.ts';

/** @returns the attacks on a kind of target */
export function rawAttacks(kind: TargetKind, serving: Serving): readonly RawAttack[] {
  return kind === 'aws' && serving === 'dev' ? [...RAW_ATTACKS.aws, ...DEV_UPGRADE_ATTACKS] : RAW_ATTACKS[kind];
}

/** @returns those that take longer than all others together */
export function slowAttacks(kind: TargetKind): readonly RawAttack[] {
  return kind === 'embedded' ? SLOW_ATTACKS : [];
}

/** What is attacked: a table in AWS, the embedded table, and the same on a machine that others use too. */
const RAW_ATTACKS = {
  aws: [...CREDENTIAL_ATTACKS, ...FILE_ATTACKS, ...UPGRADE_ATTACKS],
  embedded: TABLE_ATTACKS,
  shared: SHARED_ATTACKS,
} as const satisfies Record<string, readonly RawAttack[]>;

export type TargetKind = keyof typeof RAW_ATTACKS;
export const TARGET_KINDS = ['aws', 'embedded', 'shared'] as const satisfies readonly TargetKind[];

/** A running local server with canaries in every place that must not be read out. */
export interface Target extends Served {
  readonly serving: Serving;
  readonly root: string;
  /** What no answer to an attack may hold. */
  readonly marks: readonly string[];
  /** Gets the start of a page where it does not stand in the page; empty: it does. */
  readonly ticket: string;
  /** Codes that the terminal has shown and that are no longer good. */
  readonly codes: { readonly used: string; readonly expired: string };
  /** @returns what an attack must not change: the content of the table, the calls that were made to AWS */
  state(): Promise<string>;
  /** Lets the time go by after which wrong proofs are no longer answered slowly, where codes do not end by it. */
  rest(): void;
  close(): Promise<void>;
}

export const PROFILE = 'canary-profile';
const LONG_LIVED = { id: 'AKIACANARY0000000001', secret: 'canary-long-lived-secret' } as const;

/** Starts the real Vite server with the plugin. `checks`: those that are asked; all where nothing is said. */
export async function startTarget(kind: TargetKind, serving: Serving, checks: Checks = ALL_CHECKS): Promise<Target> {
  const project = makeProject();
  const { root } = project;
  // As files of the page, so that they run as the page's own script does, under its policy.
  const attacks = [...OWN_PAGE_ATTACKS, ...UNSTOPPABLE_ATTACKS].map(
    ({ name, run }) => `${JSON.stringify(name)}: ${sourceOf(run)}`,
  );
  for (const file of ['src/main.js', 'dist/assets/main.js']) {
    appendFileSync(
      join(root, file),
      `const attacks = {${attacks.join(',\n')}};\nglobalThis.attack = (name, prey) => attacks[name](prey);\n`,
    );
  }
  const marks = ['canary', 'root:x:0', PROFILE, LONG_LIVED.id, LONG_LIVED.secret, ...Object.values(STUB_SESSION)];
  let clock = 0;
  let printed = '';
  const context = {
    checks,
    now: () => clock,
    print: (text: string) => {
      printed = text;
    },
    // Hundreds of refusals are expected here, and would hide what a test says.
    log: () => undefined,
  };
  if (kind === 'aws') {
    const sts = await startSts();
    const env = awsEnv(root, sts.endpoint);
    Object.assign(process.env, env);
    const served = await serve(serving, root, env, [], { context });
    return {
      ...served,
      serving,
      root,
      marks: [...marks, served.token],
      ticket: '',
      codes: { used: '', expired: '' },
      state: async () => String(sts.calls.length),
      rest: () => {
        clock += 10_000;
      },
      close: async () => {
        await served.close();
        await sts.close();
        project.remove();
      },
    };
  }
  const opened: EmbeddedTable[] = [];
  const openTable = async (): Promise<EmbeddedTable> => {
    const table = await openEmbeddedTable({ table: TABLE, region: 'us-east-1', data: 'attacked' });
    opened.push(table);
    // What the demo's simulated CI would do: nothing that the table holds changes by it.
    Object.assign(table, { steer: async () => ({ speed: 'paused', said: null }) });
    for (const release of ['v1.0.0', 'v1.1.0']) {
      const Item = { version: release, 'component#name': 'backend#auth', date: '2026-01-01T00:00:00Z' };
      await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    }
    await createReleaseTable(table.client, OTHER, DOCUMENTED_KEYS);
    const Item = { version: 'v1', 'component#name': 'backend#other', note: 'canary of another table' };
    await table.client.send(new PutCommand({ TableName: OTHER, Item }));
    return table;
  };
  const env = { SHARED_MACHINE: kind === 'shared' ? 'on' : 'off', SIMULATED_CI: 'off' };
  const served = await serve(serving, root, env, [], { openTable, context });
  const code = (): string => {
    served.printUrls();
    return /code into the page: ([\w-]+)/.exec(printed)?.[1] ?? '';
  };
  const codes = { used: '', expired: '' };
  let { token } = served;
  let ticket = '';
  if (kind === 'shared') {
    codes.expired = code();
    clock += MAX_CODE_MS;
    codes.used = code();
    const answer = await sendRaw(served.port, redeem(served.port, codes.used));
    ({ token, ticket } = JSON.parse(answer.body));
    code(); // one that is good, and that the attacker has not seen
  }
  return {
    ...served,
    token,
    ticket,
    rest: () => {},
    serving,
    root,
    marks: [...marks, token, ...(ticket === '' ? [] : [ticket])],
    codes,
    state: async () => {
      const described = await opened[0]?.handle(call(), { 'x-amz-target': 'DynamoDB_20120810.DescribeTable' });
      const items = await opened[0]?.handle(call(), { 'x-amz-target': 'DynamoDB_20120810.Scan' });
      return `${described?.status} ${described?.body} ${items?.status} ${items?.body}`;
    },
    close: async () => {
      await served.close();
      project.remove();
    },
  };
}

const call = (): Buffer => Buffer.from(JSON.stringify({ TableName: TABLE }));

/** Uses a one-time code as the page does. */
export function redeem(port: number, code: string): string {
  return lines(`POST ${ROUTES.start}`, [
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    `Authorization: Code ${code}`,
  ]);
}

/** The settings of a profile with long-lived keys, exchanged at a stub of STS. */
export function awsEnv(root: string, endpoint: string): Record<string, string> {
  const config = join(root, 'aws-config');
  writeFileSync(
    config,
    `[profile ${PROFILE}]\naws_access_key_id = ${LONG_LIVED.id}\naws_secret_access_key = ${LONG_LIVED.secret}\n`,
  );
  return {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(root, 'none'),
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_PROFILE: PROFILE,
    AWS_REGION: 'eu-central-1',
  };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { makeProject, serve } from './served.ts';

const EMULATOR = 'http://127.0.0.1:4566';
const FAR = 'https://vpce-1.example.com';
const KEYS = 'aws_access_key_id = test\naws_secret_access_key = canary-secret';

const project = makeProject();
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => project.remove());

/** What the page is told of its table, and what the terminal says of it. */
async function startWith(config: string, more: Readonly<Record<string, string>>) {
  const home = join(project.root, 'home');
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(join(home, '.aws', 'config'), config);
  const env = { HOME: home, AWS_REGION: 'eu-central-1', SIMULATED_CI: 'off', ...more };
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const served = await serve('dev', project.root, env, [], { context: { print } });
  served.printUrls();
  await served.close();
  return { source: served.start?.source, printed, told: JSON.stringify(served.start) };
}

describe('the table is looked for where the AWS tools would', () => {
  test.each<[string, string, Record<string, string>, object, string]>([
    [
      'AWS_ENDPOINT_URL',
      '',
      { AWS_ENDPOINT_URL: EMULATOR },
      { kind: 'loopback', endpoint: EMULATOR, keyId: 'releasematrix' },
      `emulator at ${EMULATOR} (key id releasematrix)`,
    ],
    [
      'a profile with an emulator and its key',
      `[profile local]\nendpoint_url = ${EMULATOR}\n${KEYS}`,
      { AWS_PROFILE: 'local' },
      { kind: 'loopback', endpoint: EMULATOR, keyId: 'test' },
      'endpoint_url of profile local is on this machine: it is read without AWS credentials',
    ],
    [
      'the services of a profile, far away',
      `[profile far]\nservices = s\nendpoint_url = ${EMULATOR}\n${KEYS}\n[services s]\ndynamodb =\n  endpoint_url = ${FAR}\n`,
      { AWS_PROFILE: 'far' },
      { kind: 'aws', endpoint: FAR, profile: 'far' },
      `The table is called at ${FAR}, as endpoint_url of profile far says.`,
    ],
    [
      'keys of the environment, and the endpoint of [default]',
      `[default]\nendpoint_url = ${EMULATOR}`,
      { AWS_CREDENTIALS: 'environment', AWS_ACCESS_KEY_ID: 'fakeMyKeyId', AWS_SECRET_ACCESS_KEY: 'canary-secret' },
      { kind: 'loopback', endpoint: EMULATOR, keyId: 'fakeMyKeyId' },
      '(key id fakeMyKeyId)',
    ],
    [
      'nothing named: [default] is not picked up',
      `[default]\nendpoint_url = ${EMULATOR}\n${KEYS}`,
      {},
      { kind: 'embedded' },
      'embedded table',
    ],
  ])('%s', async (_, config, env, source, words) => {
    const { printed, told, ...said } = await startWith(config, env);
    expect(said.source).toMatchObject(source);
    expect(printed).toContain(words);
    expect(printed + told).not.toContain('canary');
  });
});

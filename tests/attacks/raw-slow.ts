import { ROUTES } from '../../src/contract/local-server.ts';
import { HOST, ORIGIN, of, PROOF, type RawAttack } from './raw-attack.ts';

const HEAD = { patienceMs: 12_000 };
const WHOLE = { patienceMs: 17_000 };

/**
 * Requests that are never ended. They are tried at once, and by the command alone, as each takes its time; the suite has
 * tests/devserver/limits.test.ts for the same with small limits.
 */
export const SLOW_ATTACKS: readonly RawAttack[] = of('T32', 'requests that are never ended', [
  ['nothing at all', '', 408, HEAD],
  ['half a head', ['GET / HTTP/1.1', HOST, 'X-Slow: '].join('\r\n'), 408, HEAD],
  [
    'half a body',
    [
      `POST ${ROUTES.dynamodb} HTTP/1.1`,
      HOST,
      ORIGIN,
      PROOF,
      'Content-Type: application/x-amz-json-1.0',
      'Content-Length: 100',
      '',
      '{',
    ].join('\r\n'),
    408,
    WHOLE,
  ],
]);

import { InvalidArgumentError } from 'commander';
import { MAX_DURATION_MS } from '../../limits/limits.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * `90s`, `10m`, `1h` in milliseconds.
 *
 * @throws InvalidArgumentError
 */
export function durationMs(text: string): number {
  const [, count, unit] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0 && ms <= MAX_DURATION_MS)) {
    throw new InvalidArgumentError('Expected a duration of up to 24h, such as 90s, 10m or 1h.');
  }
  return ms;
}

/** `9m 45s`. */
export function durationWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}s`;
  return rest === 0 ? `${minutes}m` : `${minutes}m ${rest}s`;
}

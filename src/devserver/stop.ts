/**
 * Ends the process because a start cannot succeed, with plain lines and no stack.
 *
 * @param code 2 for settings, 1 for everything else
 */
export function stop(code: 1 | 2, lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n  ')}\n`);
  process.exit(code);
}

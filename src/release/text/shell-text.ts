/**
 * One word for a POSIX shell, whatever it holds. Control characters, which a terminal might obey when the command is
 * pasted, are left out.
 *
 * @param lines whether line ends are kept, of text that we have laid out ourselves
 */
export function shellWord(text: string, lines = false): string {
  const printable = text.replace(lines ? /[^\P{Cc}\n]/gu : /\p{Cc}/gu, '');
  return /^[\w.:/@+,-]+$/.test(printable) ? printable : `'${printable.replaceAll("'", `'\\''`)}'`;
}

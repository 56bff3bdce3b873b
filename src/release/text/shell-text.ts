/**
 * One word of a command that somebody pastes, whatever it holds. A POSIX shell and PowerShell read it alike, but for text
 * with a single quote beside a sign that double quotes do not keep: to PowerShell that is several words, none of which runs.
 * Control characters, which a terminal might obey when the command is pasted, are left out.
 *
 * @param lines whether line ends are kept, of text that we have laid out ourselves
 */
export function shellWord(text: string, lines = false): string {
  const printable = text.replace(lines ? /[^\P{Cc}\n]/gu : /\p{Cc}/gu, '');
  if (PLAIN.test(printable)) return printable;
  if (printable.search(SINGLE_QUOTES) !== -1 && KEPT_IN_DOUBLE.test(printable)) return `"${printable}"`;
  return `'${printable.replace(SINGLE_QUOTES, `'"$&"'`)}'`;
}

/** To PowerShell `@prod` is a variable, and `a,b` a list. */
const PLAIN = /^[\w.:/+-][\w.:/@+-]*$/;
/** PowerShell takes the curly ones for straight ones: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
const SINGLE_QUOTES = /['‘’‚‛]+/g;
/** Nothing in these is replaced by either shell, and none of them ends the text. */
const KEPT_IN_DOUBLE = /^[^"$`\\!“”„]+$/;

/**
 * One word of a command that somebody pastes, whatever it holds. A POSIX shell and PowerShell read it alike, but for text
 * with a single quote: to PowerShell that is several words, none of which runs.
 * Control characters, which a terminal might obey when the command is pasted, are left out.
 *
 * @param lines whether line ends are kept, of text that we have laid out ourselves
 */
export function shellWord(text: string, lines = false): string {
  const printable = text.replace(lines ? /[^\P{Cc}\n]/gu : /\p{Cc}/gu, '');
  return PLAIN.test(printable) ? printable : `'${printable.replace(SINGLE_QUOTES, `'"$&"'`)}'`;
}

/** To PowerShell `@prod` is a variable, and `a,b` a list. */
const PLAIN = /^[\w.:/+-][\w.:/@+-]*$/;
/** PowerShell takes the curly ones for straight ones: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
const SINGLE_QUOTES = /['‘’‚‛]+/g;

/** A command of the documentation, with what it shows. */
export interface DocumentedExample {
  /** Without `release-matrix`. */
  readonly words: readonly string[];
  readonly output: string;
  /** 0 where no `echo $?` follows. */
  readonly exitCode: number;
}

/** The examples of a document: its `console` blocks. */
export function examplesOf(markdown: string): DocumentedExample[] {
  const blocks = [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) => {
    const examples: { words: readonly string[]; output: string; exitCode: number }[] = [];
    for (const part of block.split(/^\$ /m).slice(1)) {
      const end = part.indexOf('\n');
      const [command, output] = [part.slice(0, end), part.slice(end + 1)];
      const last = examples.at(-1);
      if (command === 'echo $?' && last !== undefined) last.exitCode = Number(output);
      else examples.push({ words: wordsOf(command), output, exitCode: 0 });
    }
    return examples;
  });
}

/** Words as a shell reads them, of which single quotes are all that the documentation uses. */
function wordsOf(command: string): string[] {
  const words = (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
  if (words[0] !== 'release-matrix') throw new Error(`not a command of ours: ${command}`);
  return words.slice(1);
}

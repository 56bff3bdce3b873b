/** How long a browser may take to begin with a download before its data is let go, milliseconds. */
const TAKEN_MS = 10_000;

/**
 * Hands a text to the browser as a file to save.
 *
 * @param type its media type, without the character set
 */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_MS);
}

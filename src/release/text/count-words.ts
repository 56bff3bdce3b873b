/** "1 release", "2 releases", "1,204 repositories". @param many where it takes more than an s */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/**
 * A matcher for a glob in which `*` stands for any run of characters, none included, and everything else for itself.
 * Works in one pass with one place to go back to, so no glob can make it slow.
 */
export function globMatcher(glob: string): (text: string) => boolean {
  if (!glob.includes('*')) return (text) => text === glob;
  return (text) => {
    let at = 0;
    let in_ = 0;
    let star = -1;
    let starAt = 0;
    while (at < text.length) {
      if (glob[in_] === '*') {
        star = in_++;
        starAt = at;
      } else if (glob[in_] === text[at]) {
        in_++;
        at++;
      } else if (star !== -1) {
        in_ = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (glob[in_] === '*') in_++;
    return in_ === glob.length;
  };
}

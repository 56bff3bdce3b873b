import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A page on disk that leads the browser to an address with a one-time code, as Jupyter does it: an address that stands in
 * the command line of a browser can be read by every user of the machine, a file that its owner alone may open cannot.
 */
export interface CodePage {
  /** `file://…`. It tells nothing: who may not open the file gets nothing by its name. */
  readonly url: string;
  /** Puts the address into the file. @throws Error where it cannot be written */
  write(address: string): void;
  /** Takes the file away: its code is used, or too old. */
  remove(): void;
  /** Takes the folder away, too; nothing can be written afterwards. */
  end(): void;
}

/** @throws Error where there is no room for it */
export function codePage(parent = tmpdir()): CodePage {
  const folder = mkdtempSync(join(parent, 'release-matrix-open-'));
  chmodSync(folder, 0o700);
  const file = join(folder, 'open.html');
  const remove = (): void => rmSync(file, { force: true });
  const end = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', end);
  return {
    url: pathToFileURL(file).href,
    write(address) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      remove();
      writeFileSync(file, html(address), { mode: 0o600, flag: 'wx' });
    },
    remove,
    end() {
      process.off('exit', end);
      end();
    },
  };
}

/** @param address of letters that mean nothing to HTML: our own, and a code in base64url */
function html(address: string): string {
  // Replaced and not gone to, so that the way back does not lead here.
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Release Matrix</title>
<script>location.replace(${JSON.stringify(address)});</script>
<p><a href="${address}">Open Release Matrix</a></p>
`;
}

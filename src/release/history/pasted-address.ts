// Addresses that people paste. The domain knows no `URL`: an address is split as RFC 3986 does, which is all that it takes.

/** What an address consists of, decoded. */
export interface PastedAddress {
  readonly scheme: string;
  /** Without empty segments. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** RFC 3986, appendix B: scheme, authority, path, query; the fragment does not count. */
const ADDRESS = /^([a-z][a-z0-9+.-]*):(?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i;

/** Splits an address; null where it is none, or is wrongly encoded. */
export function splitAddress(text: string): PastedAddress | null {
  const [, scheme, path = '', query = ''] = ADDRESS.exec(text) ?? [];
  if (scheme === undefined || /\s/.test(text)) return null;
  try {
    const pairs = query.split('&').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [decodeURIComponent(name), decodeURIComponent(value)];
    });
    return {
      scheme: scheme.toLowerCase(),
      path: path.split('/').filter(Boolean).map(decodeURIComponent),
      query: new Map(pairs),
    };
  } catch {
    // A % that begins no character.
    return null;
  }
}

/** What a page of a forge or of a tracker of tickets is about. */
export type PageOf =
  | { readonly what: 'commit'; readonly text: string }
  | { readonly what: 'ticket'; readonly text: string }
  /** `#123`, `!45`, and the repository. */
  | { readonly what: 'request'; readonly text: string; readonly repo: string }
  | { readonly what: 'tag'; readonly text: string; readonly repo: string };

/** What stands behind which segment of a path: GitHub, GitLab, Bitbucket, Azure DevOps, Jira, Linear. */
const BEHIND: Readonly<Record<string, readonly ('commit' | 'tag' | 'ticket' | '#' | '!')[]>> = {
  commit: ['commit'],
  commits: ['commit'],
  tree: ['commit', 'tag'],
  blob: ['commit', 'tag'],
  src: ['commit', 'tag'],
  tag: ['tag'],
  tags: ['tag'],
  releases: ['tag'],
  pull: ['#'],
  'pull-requests': ['#'],
  pullrequest: ['#'],
  issues: ['#'],
  merge_requests: ['!'],
  browse: ['ticket'],
  issue: ['ticket'],
};

const TAG_PAGES: ReadonlySet<string> = new Set(['tag', 'tags', 'releases']);

const FORMS = {
  commit: /^([0-9a-f]{7,64})(?:\.(?:patch|diff))?$/i,
  tag: /^(.*\d.*)$/,
  ticket: /^(\p{L}[\p{L}\p{N}_]*-\d+)$/u,
  '#': /^([1-9]\d{0,9})(?:\.(?:patch|diff))?$/,
  '!': /^([1-9]\d{0,9})(?:\.(?:patch|diff))?$/,
} as const;

/** What the page at an address is about; null for any other page. Of several (a commit of a pull request) the last. */
export function pageOf({ path, query }: PastedAddress): PageOf | null {
  const chosen = FORMS.ticket.exec(query.get('selectedIssue') ?? '')?.[1];
  if (chosen !== undefined) return { what: 'ticket', text: chosen };
  // GitLab sets the repository apart by a dash.
  const parts = path.filter((part) => part !== '-');
  // An owner and a name stand first, be they called as they may.
  const start = parts.findIndex((part, at) => at >= 2 && Object.hasOwn(BEHIND, part));
  const repo = parts.slice(0, start === -1 ? 0 : start).join('/');
  for (let at = parts.length - 2; at >= 0; at--) {
    for (const what of standsBehind(parts[at] ?? '')) {
      // A tag may have a slash, but where the path of a file stands behind it.
      const behind = what === 'tag' && TAG_PAGES.has(parts[at] ?? '') ? parts.slice(at + 1).join('/') : parts[at + 1];
      const text = FORMS[what].exec(behind ?? '')?.[1];
      if (text === undefined) continue;
      if (what === 'commit' || what === 'ticket') return { what, text };
      if (repo === '') continue;
      return what === 'tag' ? { what, text, repo } : { what: 'request', text: `${what}${text}`, repo };
    }
  }
  return null;
}

function standsBehind(segment: string): (typeof BEHIND)[string] {
  return Object.hasOwn(BEHIND, segment) ? (BEHIND[segment] ?? []) : [];
}

/** What a package URL (purl) names. */
export interface Package {
  readonly type: string;
  /** With its namespace, if any: `@acme/web-shell`. Of an image its repository. */
  readonly name: string;
  readonly version: string | null;
  readonly tag: string | null;
}

/** Reads a package URL: `pkg:npm/%40acme/x@1.2.3`, `pkg:oci/x@sha256%3A…?repository_url=…&tag=…`. Null where it names none. */
export function readPackage({ path, query }: PastedAddress): Package | null {
  const [type = '', ...rest] = path;
  const whole = rest.join('/');
  const at = whole.lastIndexOf('@');
  // An @ in front is that of a namespace.
  const [name, version] = at > 0 ? [whole.slice(0, at), whole.slice(at + 1)] : [whole, ''];
  if (name === '') return null;
  const registry = query.get('repository_url') ?? '';
  const isWhole = registry === '' || registry === name || registry.endsWith(`/${name}`);
  return {
    type: type.toLowerCase(),
    name: registry === '' ? name : isWhole ? registry : `${registry}/${name}`,
    version: version === '' ? null : version,
    tag: query.get('tag') ?? null,
  };
}

/** What the AWS CLI has printed of a sign-in so far. */
export interface SignInOutput {
  /** Null: none yet. */
  readonly address: string | null;
  /** What the page at the address is to show, too; null: none, or none yet. */
  readonly code: string | null;
  /** It names an address that is not one of AWS' sign-in pages, and nothing else of it is believed. */
  readonly isForeign: boolean;
}

/**
 * Hosts of AWS' sign-in pages, whole names. Not all that ends in amazonaws.com: buckets and load balancers of anybody
 * end in that, too.
 */
const HOSTS: readonly RegExp[] = [
  // IAM Identity Center: the device flow, the authorization endpoint, and the start pages of both forms
  /^(?:device\.sso|oidc)\.[a-z]+-[a-z-]+-\d\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/,
  /^(?:[a-z0-9-]+\.)+awsapps\.(?:com|cn)$/,
  /^(?:[a-z0-9-]+\.)+app\.aws$/,
  /^[a-z0-9-]+\.[a-z]+-[a-z-]+-\d\.portal\.amazonaws\.com$/,
  // `aws login`
  /^(?:[a-z]+-[a-z-]+-\d\.)?signin\.(?:aws\.amazon\.com|amazonaws\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/,
];

/** An address on a line of its own, whose end has come. */
const ADDRESS = /^(https?:\/\/\S*)\r?\n/gm;
const CODE = /^Then enter the code:\r?\n\s*([A-Z0-9]{4}-[A-Z0-9]{4})\r?\n/m;

/**
 * Reads what the AWS CLI prints with `--no-browser` (`aws sso login`) or `--remote` (`aws login`): an address; with the
 * device flow a code, and the address once more with the code in it; with the authorization code flow, from version 2.22
 * on, the address alone.
 *
 * @param text all that it has printed so far
 */
export function readSignInOutput(text: string): SignInOutput {
  const read: string[] = [];
  for (const [, written] of text.matchAll(ADDRESS)) {
    const address = addressOfAws(String(written));
    if (address === null) return { address: null, code: null, isForeign: true };
    read.push(address);
  }
  const code = CODE.exec(text)?.[1] ?? null;
  const filled = read.find((address) => address.endsWith(`user_code=${code}`));
  return { address: filled ?? read[0] ?? null, code, isForeign: false };
}

/** @returns the address as a browser writes it; null: it is not one of AWS' sign-in pages */
function addressOfAws(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, port, hostname, href } = new URL(text);
  if (protocol !== 'https:' || username !== '' || password !== '' || port !== '') return null;
  return HOSTS.some((host) => host.test(hostname)) ? href : null;
}

/** What the canned table is called, to the server and to the page that reads it. */
export const CANNED_TABLE = 'ReleaseFragments';

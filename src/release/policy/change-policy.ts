import type { PolicyDocument } from './policy-document.ts';

// A document with a row more, for the commands that write one. What stands in it otherwise stays as it is written.

export type WaiverRow = NonNullable<PolicyDocument['waivers']>[number];
export type WithdrawnRow = NonNullable<PolicyDocument['withdrawn']>[number];

/** What a row is about: two of the same are one decision, and the later one counts. */
const ABOUT_WAIVER = ['code', 'component', 'release', 'environment'] as const;
const ABOUT_WITHDRAWN = ['component', 'releases', 'release', 'environment'] as const;

/** The document with a waiver; one of the same finding, component, release and environment is renewed in its place. */
export function withWaiver(document: PolicyDocument, waiver: WaiverRow): PolicyDocument {
  return { ...document, waivers: withRow(document.waivers ?? [], waiver, ABOUT_WAIVER) };
}

/** The document with something withdrawn; a row about the same thing is replaced. */
export function withWithdrawal(document: PolicyDocument, row: WithdrawnRow): PolicyDocument {
  return { ...document, withdrawn: withRow(document.withdrawn ?? [], row, ABOUT_WITHDRAWN) };
}

function withRow<Row extends object>(rows: readonly Row[], row: Row, about: readonly (keyof Row)[]): Row[] {
  const at = rows.findIndex((other) => about.every((name) => other[name] === row[name]));
  return at === -1 ? [...rows, row] : rows.with(at, row);
}

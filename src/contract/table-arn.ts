import { readArn } from '../release/text/arn.ts';
import { partitionOf } from './aws-region.ts';

/** Which table a policy opens. */
export interface PolicyTable {
  /** Bare name, not the ARN. */
  readonly table: string;
  readonly region: string;
  /** Twelve digits; null: any account, which in a policy of one account's role is that account's own table. */
  readonly account: string | null;
}

/** What the ARN of a table says. */
export interface TableArn {
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly name: string;
}

/** The ARN of a table; of any account where it names none. */
export function tableArn({ table, region, account }: PolicyTable): string {
  return `arn:${partitionOf(region)}:dynamodb:${region}:${account ?? '*'}:table/${table}`;
}

/** @returns null for what is no ARN of a table: a bare name, or the ARN of an index */
export function readTableArn(text: string): TableArn | null {
  const arn = readArn(text);
  if (arn === null || arn.service !== 'dynamodb' || arn.region === '' || arn.account === '') return null;
  const { partition, region, account, resource } = arn;
  const name = /^table\/([^/]+)$/.exec(resource)?.[1];
  return name === undefined ? null : { partition, region, account, name };
}

/** The account in the ARN of a table or of what belongs to one, twelve digits; null: it is none. */
export function accountOfTable(text: string | null): string | null {
  const arn = readArn(text ?? '');
  return arn?.service === 'dynamodb' && arn.resource.startsWith('table/') ? arn.account || null : null;
}

/** `arn:aws:dynamodb:eu-central-1:123456789012:table/Releases` is shown as `Releases`: the account is nobody's concern. */
export function bareTableName(table: string): string {
  return readTableArn(table)?.name ?? table;
}

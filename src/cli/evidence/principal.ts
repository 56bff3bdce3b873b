import { readArn } from '../../release/text/arn.ts';
import { EXIT, ExitError } from '../context/exit-codes.ts';

/**
 * What a caller is called as the one who signs: `<role>/<session>` of a role's session, `user/<name>` of a user. The account
 * and a user's path are left out.
 *
 * @param arn as STS says it; of an emulator `emulator:<key id>`
 * @throws ExitError `unknown` for what is nobody
 */
export function principalOf(arn: string): string {
  const emulated = /^emulator:([\w+=,.@-]+)$/.exec(arn)?.[1];
  if (emulated !== undefined) return `emulator/${emulated}`;
  const read = readArn(arn);
  const resource = read?.service === 'sts' || read?.service === 'iam' ? read.resource : '';
  const session = /^assumed-role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/.exec(resource);
  if (session !== null) return `${session[1]}/${session[2]}`;
  const user = /^(user|federated-user)\/(?:[\w+=,.@/-]*\/)?([\w+=,.@:-]+)$/.exec(resource);
  if (user !== null) return `${user[1]}/${user[2]}`;
  throw new ExitError(EXIT.unknown, `AWS says that you are ${arn}: expected a user, or the session of a role.`);
}

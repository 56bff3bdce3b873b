import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import {
  IDENTITY_PURPOSE,
  type IdentityAnswer,
  identityContext,
  type SealedIdentity,
} from '../../contract/local-server.ts';

/** Says who this server is, to those who know its secret. */
export type Identify = (port: number, nonce: string) => IdentityAnswer;

/**
 * @param secret 32 bytes, base64url
 * @param told what is under the seal
 */
export function identity(secret: string, told: SealedIdentity): Identify {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', IDENTITY_PURPOSE, 32));
  return (port, nonce) => {
    const own = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, own).setAAD(Buffer.from(identityContext(port, nonce)));
    const text = [cipher.update(JSON.stringify(told)), cipher.final()];
    return { sealed: Buffer.concat([own, ...text, cipher.getAuthTag()]).toString('base64url') };
  };
}

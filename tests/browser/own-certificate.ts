import { generateKeyPairSync, sign } from 'node:crypto';

/** A value of DER: its tag, its length, and what it holds. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
/** 1.2.840.10045.4.3.2: ecdsa-with-SHA256. */
const ECDSA_SHA256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
/** 2.5.4.3: commonName. */
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

/**
 * Makes a certificate that no browser trusts unless it is told to: Node can make keys, but no certificates.
 *
 * @param name whose it says that it is
 * @returns both as PEM, for a server of `node:https`
 */
export function ownCertificate(name: string): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const whose = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
  const time = (iso: string) => der(0x18, Buffer.from(`${iso.replace(/\D/g, '').slice(0, 14)}Z`));
  const body = sequence(
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    whose,
    sequence(time('2020-01-01T00:00:00'), time('2049-12-31T00:00:00')),
    whose,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = sequence(body, ECDSA_SHA256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

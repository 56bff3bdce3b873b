import type { LocalServerError, LocalServerErrorCode } from '../contract/local-server.ts';

/** Causes for which there are no credentials. */
export type CredentialFaultCode = Extract<
  LocalServerErrorCode,
  | 'ProfileMissing'
  | 'ProfileBroken'
  | 'SsoExpired'
  | 'MfaNeeded'
  | 'HelperFailed'
  | 'HelperTimeout'
  | 'StsDenied'
  | 'StsUnreachable'
  | 'Unscopable'
  | 'Internal'
>;

/** Why there are no credentials, in our own words: text of the SDK or of a helper never passes through here. */
export class CredentialFault extends Error {
  readonly code: CredentialFaultCode;
  /** The command that fixes it, ready to paste. */
  readonly fix: string | null;

  constructor(code: CredentialFaultCode, message: string, fix: string | null = null) {
    super(message);
    this.name = 'CredentialFault';
    this.code = code;
    this.fix = fix;
  }

  /** The fault in the form of the local server, which page and command line word. */
  toError(): LocalServerError {
    return { Code: this.code, Message: this.message, ...(this.fix === null ? {} : { Fix: this.fix }) };
  }
}

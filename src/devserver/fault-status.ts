import type { CredentialFaultCode } from '../aws/credential-fault.ts';

/** HTTP status of each cause: 4xx when the person can fix it here, 5xx when something else must come back. */
export const FAULT_STATUS = {
  ProfileMissing: 422,
  ProfileBroken: 422,
  SsoExpired: 422,
  MfaNeeded: 422,
  HelperFailed: 502,
  HelperTimeout: 504,
  StsDenied: 422,
  StsUnreachable: 502,
  Unscopable: 422,
  Internal: 500,
} as const satisfies Record<CredentialFaultCode, number>;

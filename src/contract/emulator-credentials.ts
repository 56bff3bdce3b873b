/**
 * Emulators want a signature and check none. Letters only: DynamoDB Local refuses key ids with other characters. Apart
 * from the client, for the page names them in a command long before the SDK is there.
 */
export const EMULATOR_CREDENTIALS = { accessKeyId: 'releasematrix', secretAccessKey: 'releasematrix' } as const;

/**
 * @param keyId by which the emulator is to be called: some keep tables apart by it
 * @returns credentials with that id; the secret is never a real one
 */
export function emulatorCredentials(keyId: string = EMULATOR_CREDENTIALS.accessKeyId) {
  return { accessKeyId: keyId, secretAccessKey: EMULATOR_CREDENTIALS.secretAccessKey };
}

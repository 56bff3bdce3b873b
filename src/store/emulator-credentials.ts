/**
 * Emulators want a signature and check none. Letters only: DynamoDB Local refuses key ids with other characters. Apart
 * from the client, for the page names them in a command long before the SDK is there.
 */
export const EMULATOR_CREDENTIALS = { accessKeyId: 'releasematrix', secretAccessKey: 'releasematrix' } as const;

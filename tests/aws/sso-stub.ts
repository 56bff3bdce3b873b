import { createServer } from 'node:http';
import { originOf } from '../store/tables.ts';
import { STUB_SESSION } from './sts-stub.ts';

/** The portal that gives a role's credentials for the token of a sign-in: GetRoleCredentials in its real REST form. */
export async function startSso() {
  const calls: { readonly path: string; readonly token: string }[] = [];
  let refuses = false;
  const server = createServer((request, response) => {
    const token = String(request.headers['x-amz-sso_bearer_token'] ?? '');
    if (refuses || token === '') {
      response.writeHead(401, { 'content-type': 'application/json', 'x-amzn-errortype': 'UnauthorizedException' });
      response.end(JSON.stringify({ message: 'Session token not found or invalid' }));
      return;
    }
    calls.push({ path: request.url ?? '', token });
    const roleCredentials = {
      accessKeyId: STUB_SESSION.id,
      secretAccessKey: STUB_SESSION.secret,
      sessionToken: STUB_SESSION.token,
      expiration: Date.now() + 3_600_000,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    /** For `AWS_ENDPOINT_URL_SSO`. */
    endpoint: originOf(server),
    calls,
    /** From now on tokens are refused, or taken again. */
    refuse(refused: boolean) {
      refuses = refused;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

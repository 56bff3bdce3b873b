import { Suspense } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import type { FaultCode } from '../../contract/read-fault.ts';
import { laterPart } from '../../live/later-part.ts';
import { drawnLater } from '../elements/drawn-later.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** Whether a fault ends by a sign-in that can be made here: the local server has it made for the profile of the settings. */
export function canSignIn({ source }: PageStart, code: FaultCode): boolean {
  return code === 'profile-sso-expired' && source.kind === 'aws' && source.profile !== null;
}

const SignInPanel = drawnLater(laterPart(async () => ({ default: (await import('./SignInPanel.tsx')).SignInPanel })));

/** The sign-in, for a fault that ends by one. @param onDone reads the table again */
export function SignIn({ onDone }: { readonly onDone: () => void }) {
  return (
    <ErrorBoundary what="The sign-in" triesAgainOn={null}>
      <Suspense fallback={null}>
        <SignInPanel onDone={onDone} />
      </Suspense>
    </ErrorBoundary>
  );
}

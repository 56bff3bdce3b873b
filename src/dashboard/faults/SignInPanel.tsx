import { type SubmitEvent, useState } from 'react';
import { SIGN_IN_CODE } from '../../contract/sign-in.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { CopyButton } from '../elements/CopyButton.tsx';
import { SafeLink } from '../elements/SafeLink.tsx';
import { type SigningIn, useSignIn } from './sign-in.ts';

/** Starts a sign-in, shows where it is and what the person has to do. @param onDone reads the table again */
export function SignInPanel({ onDone }: { readonly onDone: () => void }) {
  const signIn = useSignIn(onDone);
  return (
    <div className="space-y-3">
      {/* One button for both, so that the focus stays. */}
      <Button
        look={signIn.underWay ? 'plain' : 'main'}
        onClick={({ detail }) => {
          if (!signIn.underWay) signIn.start();
          // Not by the second half of a double click.
          else if (detail < 2) signIn.cancel();
        }}
      >
        {signIn.underWay ? 'Cancel' : 'Sign in'}
      </Button>
      <div aria-live="polite" className="space-y-3 empty:hidden">
        <Step signIn={signIn} />
      </div>
    </div>
  );
}

function Step({ signIn: { state, underWay, send } }: { readonly signIn: SigningIn }) {
  if (state === null) return underWay ? <p>Starting the AWS CLI…</p> : null;
  switch (state.step) {
    case 'none':
      return <p>The sign-in was cancelled.</p>;
    case 'starting':
      return <p>Starting the AWS CLI…</p>;
    case 'open':
      return (
        <>
          <p className="text-ink">
            <SafeLink label="Open the sign-in page" address={state.address} />
          </p>
          {state.code !== null && (
            <p className="flex items-center gap-2">
              It must show this code: <strong className="font-mono text-ink">{shownText(state.code)}</strong>
              <CopyButton text={state.code} what="code" />
            </p>
          )}
          {state.wantsCode && <CodeForm onCode={send} />}
          <p>This page goes on by itself when you have signed in.</p>
        </>
      );
    case 'done':
      return <p>Signed in. Reading the table…</p>;
    case 'failed':
      return (
        <>
          <p className="text-ink">{shownText(state.message)}</p>
          {state.fix !== null && <CodeBlock text={state.fix} what="command that signs in" />}
        </>
      );
    case 'lost':
      return <p className="text-ink">{shownText(state.message)}</p>;
  }
}

/** `aws login` wants back what the browser shows at its end. */
function CodeForm({ onCode }: { readonly onCode: (code: string) => void }) {
  const [isWrong, setWrong] = useState(false);
  const take = (event: SubmitEvent<HTMLFormElement>): void => {
    // No form goes anywhere: the policy of the page forbids it.
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '').replaceAll(/\s/g, '');
    setWrong(!SIGN_IN_CODE.test(code));
    if (SIGN_IN_CODE.test(code)) onCode(code);
  };
  return (
    <form className="flex flex-wrap items-end gap-2" onSubmit={take}>
      <label className="flex min-w-0 flex-1 flex-col gap-1">
        Code that the browser shows at the end
        <input
          name="code"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isWrong}
          className="h-8 min-w-64 rounded-md border border-edge bg-page px-2 font-mono"
        />
      </label>
      <Button type="submit">Continue</Button>
      {isWrong && (
        <p className="basis-full text-error">
          This is not such a code: expected letters, digits, + and /, at least eight. Copy it whole.
        </p>
      )}
    </form>
  );
}

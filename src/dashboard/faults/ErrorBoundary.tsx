import { Component, type ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';

interface ErrorBoundaryProps {
  /** What it holds, as the message names it: "The matrix". */
  readonly what: string;
  /** When this changes, what broke is tried again: new data or another selection may do better. */
  readonly triesAgainOn: unknown;
  readonly children: ReactNode;
}

interface Broken {
  readonly error: Error | null;
  readonly on: unknown;
}

/** Keeps the rest of the page when a part of it breaks, and says which and why. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Broken> {
  override state: Broken = { error: null, on: this.props.triesAgainOn };

  static getDerivedStateFromError(error: unknown): Partial<Broken> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: Broken): Partial<Broken> | null {
    return Object.is(props.triesAgainOn, state.on) ? null : { error: null, on: props.triesAgainOn };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div role="alert" className="m-4 max-w-2xl self-start rounded-md border border-rule bg-error-soft p-4 text-base">
        <p className="mb-1 font-semibold text-error">{shownText(this.props.what)} could not be drawn</p>
        <p className="mb-3 text-ink">
          This is an error in Release Matrix, not in your data. The rest of the page still works. The error:{' '}
          <code className="break-words">{shownText(error.message)}</code>
        </p>
        <Button onClick={() => this.setState({ error: null })}>Try again</Button>
      </div>
    );
  }
}

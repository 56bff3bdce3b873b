import type { Popover as Base } from '@base-ui/react/popover';
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { laterPart } from '../../live/later-part.ts';

const popoverParts = laterPart(() => import('./popover-parts.ts'));
type Parts = typeof import('./popover-parts.ts').POPOVER_PARTS;

let loaded: Parts | null = null;

/** Loads what popovers are made of, a sixth of all that the page would else load before the matrix is there. */
async function loadPopover(): Promise<Parts> {
  loaded ??= (await popoverParts()).POPOVER_PARTS;
  return loaded;
}

/** How often any popover was pressed before it had come: of several that are waited for, the last one opens. */
let presses = 0;

interface Place {
  /** Null until the popover is first asked for. */
  readonly parts: Parts | null;
  readonly ask: () => void;
  /** It was asked for and has come: it is still to be opened. */
  readonly pending: RefObject<boolean>;
  readonly failed: boolean;
}

const PlaceContext = createContext<Place | null>(null);

function usePlace(): Place {
  const place = use(PlaceContext);
  if (place === null) throw new Error('A part of a popover stands outside of Popover.Root.');
  return place;
}

interface RootProps extends Omit<Base.Root.Props, 'children'> {
  readonly children: ReactNode;
}

function Root({ children, ...props }: RootProps) {
  const [parts, setParts] = useState(loaded);
  const [failed, setFailed] = useState(false);
  const pending = useRef(false);
  const ask = useCallback(() => {
    const press = ++presses;
    loadPopover().then(
      (come) => {
        pending.current = press === presses;
        setParts(come);
      },
      () => setFailed(true),
    );
  }, []);
  const place = useMemo(() => ({ parts, ask, pending, failed }), [parts, ask, failed]);
  return (
    <PlaceContext value={place}>
      {parts === null ? children : <parts.Root {...props}>{children}</parts.Root>}
    </PlaceContext>
  );
}

interface TriggerProps {
  readonly className: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A button like any other until it is pressed. */
function Trigger(props: TriggerProps) {
  const { parts, ask, pending, failed } = usePlace();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (parts === null || !pending.current) return;
    pending.current = false;
    // The press that was waited with; the focus was on the button that this one has taken the place of.
    button.current?.focus({ preventScroll: true });
    button.current?.click();
  }, [parts, pending]);
  if (parts !== null) return <parts.Trigger ref={button} {...props} />;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={false}
        {...props}
        onClick={ask}
        onPointerEnter={prepare}
        onFocus={prepare}
      />
      {failed && (
        <span role="alert" className="text-xs text-error">
          It cannot be opened: the local server does not answer.
        </span>
      )}
    </>
  );
}

/** Whoever is at the button may press it. A failure is told when it is pressed. */
function prepare(): void {
  loadPopover().catch(() => {});
}

function Portal(props: Base.Portal.Props) {
  const { parts } = usePlace();
  return parts && <parts.Portal {...props} />;
}

function Positioner(props: Base.Positioner.Props) {
  const { parts } = usePlace();
  return parts && <parts.Positioner {...props} />;
}

function Popup(props: Base.Popup.Props) {
  const { parts } = usePlace();
  return parts && <parts.Popup {...props} />;
}

function Title(props: Base.Title.Props) {
  const { parts } = usePlace();
  return parts && <parts.Title {...props} />;
}

function Description(props: Base.Description.Props) {
  const { parts } = usePlace();
  return parts && <parts.Description {...props} />;
}

function Close(props: Base.Close.Props) {
  const { parts } = usePlace();
  return parts && <parts.Close {...props} />;
}

/** Base UI's popover, part by part, loaded when it is first pressed. */
export const Popover = { Root, Trigger, Portal, Positioner, Popup, Title, Description, Close } as const;

import { Popover } from '@base-ui/react/popover';

/** The parts of Base UI's popover that are used here; all of it would be more. */
export const POPOVER_PARTS = {
  Root: Popover.Root,
  Trigger: Popover.Trigger,
  Portal: Popover.Portal,
  Positioner: Popover.Positioner,
  Popup: Popover.Popup,
  Title: Popover.Title,
  Description: Popover.Description,
  Close: Popover.Close,
} as const;

/** Beside a finding that the release before does not have. */
export function NewMark() {
  return <span className="mr-1.5 rounded-sm bg-accent-soft px-1 text-xs font-medium text-accent">new</span>;
}

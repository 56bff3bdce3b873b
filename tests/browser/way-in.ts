import type { DashboardServer } from './dashboard-server.ts';

/** The ways in that the terminal of a server has shown last, where other people use the machine. */
export function wayIn(server: DashboardServer): { readonly file: string; readonly code: string } {
  const output = server.output();
  const file = [...output.matchAll(/Open (file:\/\/\S+)/g)].at(-1)?.[1];
  const code = [...output.matchAll(/code into the page: ([\w-]{32})/g)].at(-1)?.[1];
  if (file === undefined || code === undefined) throw new Error(`No way in is named in:\n${output}`);
  return { file, code };
}

import { readRealData } from '../../src/devserver/demo/real-data.ts';
import type { Put } from './stands.ts';

/** A few releases in the form of Flux' own: controllers with versions of their own, each also a workload in prod. */
const RELEASES = [
  { release: 'v2.2.0', date: '2023-12-12T15:00:00Z', controllers: ['v1.2.2', 'v1.2.0', 'v0.37.0', 'v1.2.3'] },
  { release: 'v2.3.0', date: '2024-05-13T15:00:00Z', controllers: ['v1.3.0', 'v1.3.0', 'v1.0.1', 'v1.3.0'] },
  { release: 'v2.4.0-rc.1', date: '2024-09-20T15:00:00Z', controllers: ['v1.4.0', 'v1.4.0', 'v1.1.0', 'v1.4.0'] },
  { release: 'v2.4.0', date: '2024-09-30T15:00:00Z', controllers: ['v1.4.1', 'v1.4.0', 'v1.1.0', 'v1.4.0'] },
] as const;

const NAMES = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'] as const;

/** Puts the sample as the demo puts the real data: by the same reader. */
export async function fillWithFlux(put: Put): Promise<void> {
  const releases = RELEASES.map(({ release, date, controllers }, at) => ({
    release,
    date,
    commit: String(at).repeat(40),
    components: Object.fromEntries(NAMES.map((name, place) => [name, controllers[place]])),
  }));
  for (const { version, 'component#name': component, ...attributes } of readRealData(JSON.stringify(releases)).items) {
    await put(String(version), String(component), attributes);
  }
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readRealData } from '../../src/demo/real-data.ts';
import type { Put } from './running-dashboards.ts';

/** What Flux has published, 214 releases: which controllers, each with a version of its own, went out under which tag. */
const PUBLISHED = resolve(import.meta.dirname, '../fixtures/flux-releases.json');

/** A stable release with its last candidate and the one before, and the two stable ones that are compared. */
const RELEASES = ['v0.41.2', 'v2.0.0-rc.5', 'v2.0.0', 'v2.3.0', 'v2.4.0'];

/** Puts some of Flux' releases as the demo does, by the same reader. */
export async function fillWithFlux(put: Put): Promise<void> {
  for (const { version, 'component#name': component, ...attributes } of readRealData(readFileSync(PUBLISHED, 'utf8'))
    .items) {
    if (RELEASES.includes(String(version))) await put(String(version), String(component), attributes);
  }
}

import type { KnownType } from '../release/item/component.ts';
import type { DemoComponent } from './catalogue.ts';
import type { Chance } from './chance.ts';

interface Phrases {
  readonly features: readonly string[];
  readonly fixes: readonly string[];
}

const PHRASES = {
  frontend: {
    features: [
      'Keep the scroll position when going back to a list',
      'Show prices in the visitor’s currency',
      'Load the gallery lazily below the fold',
      'Announce validation errors to screen readers',
    ],
    fixes: [
      'Focus returns to the button that opened a dialog',
      'No layout shift while fonts load',
      'The date picker opens in the visitor’s time zone',
    ],
  },
  backend: {
    features: [
      'Answer `304 Not Modified` for unchanged resources',
      'Expose queue depth as a metric',
      'Accept idempotency keys on **all** writing calls',
      'Page through results with a cursor',
    ],
    fixes: [
      'A cancelled request no longer holds its database connection',
      'Retry with jitter when the broker is away',
      'Amounts are rounded once, at the end',
    ],
  },
  kafka: {
    features: ['Add the optional field `channel`', 'Add the optional field `correlationId`'],
    fixes: ['Document the unit of `amount` (minor units)', 'Allow `null` for `middleName`'],
  },
  infra: {
    features: ['Spread pods over zones', 'Set a disruption budget of one', 'Encrypt volumes with our own key'],
    fixes: ['Raise the memory limit to what is used', 'Drop the unused security group'],
  },
  k8s: { features: ['Move to the new node pool'], fixes: ['Probe the health route, not the root'] },
} satisfies Record<KnownType, Phrases>;

/** What somebody made, and the number of the pull request that it came by. */
interface Made {
  readonly title: string;
  readonly number: number;
}

function madeFor({ type, name }: DemoComponent, tag: string, chance: Chance): { feature: Made | null; fix: Made } {
  const { features, fixes } = PHRASES[type];
  const made = (kind: string, phrases: readonly string[]): Made => ({
    title: chance.pick(`${kind} ${name} ${tag}`, phrases),
    number: 100 + Math.floor(chance.fraction(`pull request ${kind} ${name} ${tag}`) * 1900),
  });
  const hasFeature = chance.fraction(`changelog ${name} ${tag}`) < 0.5;
  return { feature: hasFeature ? made('feature', features) : null, fix: made('fix', fixes) };
}

/** A few lines of Markdown: what is new, what is fixed, with links to the pull requests. */
export function changelogOf(component: DemoComponent, tag: string, chance: Chance): string {
  const line = ({ title, number }: Made) =>
    `- ${title} ([#${number}](https://github.com/${component.repo}/pull/${number}))`;
  const { feature, fix } = madeFor(component, tag, chance);
  return [...(feature === null ? [] : [`### Features\n\n${line(feature)}`]), `### Fixes\n\n${line(fix)}`].join('\n\n');
}

/** The same as `git log --oneline` lists it, newest first. @param commit the release's own, which is the newest */
export function changesOf(component: DemoComponent, tag: string, commit: string, chance: Chance): string[] {
  const { feature, fix } = madeFor(component, tag, chance);
  const line = (hash: string, { title, number }: Made) => `${hash.slice(0, 9)} ${title} (#${number})`;
  const before = chance.hex(`commit of the feature ${component.name} ${tag}`, 40);
  return [line(commit, fix), ...(feature === null ? [] : [line(before, feature)])];
}

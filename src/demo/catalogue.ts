import type { KnownType } from '../release/item/component.ts';
import type { WorkloadKind } from '../release/item/fragment.ts';

/** A component of the demo estate. */
export interface DemoComponent {
  readonly type: KnownType;
  readonly name: string;
  /** `owner/name`. Components of one repository have the same commit in a release. */
  readonly repo: string;
  readonly owner: string;
  /** The first release line that holds it: `1.2.0`. */
  readonly since: string;
  /** Where its own version starts, for components that are versioned apart from the release. */
  readonly startsAt: string | null;
  readonly workload: Workload | null;
  readonly events: Events | null;
}

/** What a Kubernetes component runs. */
export interface Workload {
  readonly kind: WorkloadKind;
  /** Repository of its image. */
  readonly image: string;
  /** The backend or frontend whose image it is; null for an image of somebody else. */
  readonly runs: string | null;
  /** Desired count in the last environment; the others run fewer. */
  readonly replicas: number;
}

/** Who writes and who reads the events of a Kafka schema, and how it may change. */
export interface Events {
  readonly policy: string;
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
}

const FIRST = '1.0.0';

function frontend(name: string, owner: string, startsAt: string, since = FIRST): DemoComponent {
  const repo = name === 'design-system' ? 'acme/design-system' : 'acme/web';
  return { type: 'frontend', name, repo, owner, since, startsAt, workload: null, events: null };
}

function backend(name: string, owner: string, since = FIRST): DemoComponent {
  return { type: 'backend', name, repo: `acme/${name}`, owner, since, startsAt: null, workload: null, events: null };
}

function kafka(
  name: string,
  owner: string,
  policy: string,
  producers: readonly string[],
  consumers: readonly string[],
  startsAt: string,
): DemoComponent {
  const events = { policy, producers, consumers };
  return { type: 'kafka', name, repo: 'acme/event-schemas', owner, since: FIRST, startsAt, workload: null, events };
}

function infra(name: string, owner: string, startsAt: string, since = FIRST): DemoComponent {
  const repo = name.startsWith('tf-') ? 'acme/infrastructure' : 'acme/charts';
  return { type: 'infra', name, repo, owner, since, startsAt, workload: null, events: null };
}

function k8s(
  name: string,
  runs: string,
  owner: string,
  replicas: number,
  kind: WorkloadKind = 'deployment',
): DemoComponent {
  const workload = { kind, image: `ghcr.io/acme/${runs}`, runs, replicas };
  return { type: 'k8s', name, repo: 'acme/deployments', owner, since: FIRST, startsAt: null, workload, events: null };
}

/** An online shop: fourteen micro-frontends, twenty services, nine event schemas, eight of infrastructure, twelve workloads. */
export const CATALOGUE: readonly DemoComponent[] = [
  frontend('shell', 'web-platform', '2.4.0'),
  frontend('design-system', 'web-platform', '5.1.0'),
  frontend('feature-catalog', 'discovery', '2.2.1'),
  frontend('feature-search', 'discovery', '1.9.0'),
  frontend('feature-recommendations', 'discovery', '0.3.0', '1.3.0'),
  frontend('feature-cart', 'checkout', '2.6.0'),
  frontend('feature-checkout', 'checkout', '2.0.4'),
  frontend('feature-payment', 'payments', '1.7.2'),
  frontend('feature-orders', 'fulfilment', '1.4.0'),
  frontend('feature-returns', 'fulfilment', '0.8.0', '1.2.0'),
  frontend('feature-profile', 'identity', '2.1.0'),
  frontend('feature-loyalty', 'growth', '0.2.0', '1.5.0'),
  frontend('feature-support', 'support', '1.1.3'),
  frontend('admin-console', 'back-office', '3.0.0'),

  backend('gateway', 'platform'),
  backend('auth-service', 'identity'),
  backend('session-service', 'identity'),
  backend('user-service', 'identity'),
  backend('catalog-service', 'discovery'),
  backend('search-service', 'discovery'),
  backend('recommendation-service', 'discovery', '1.3.0'),
  backend('media-service', 'discovery'),
  backend('pricing-engine', 'checkout'),
  backend('cart-service', 'checkout'),
  backend('order-service', 'fulfilment'),
  backend('inventory-service', 'fulfilment'),
  backend('shipping-service', 'fulfilment'),
  backend('returns-service', 'fulfilment', '1.2.0'),
  backend('payment-service', 'payments'),
  backend('ledger-service', 'payments'),
  backend('invoice-service', 'payments'),
  backend('fraud-service', 'payments', '1.1.0'),
  backend('notification-service', 'growth'),
  backend('analytics-collector', 'growth'),

  kafka('user.created', 'identity', 'FULL', ['user-service'], ['notification-service', 'analytics-collector'], '3.1.0'),
  kafka('user.updated', 'identity', 'BACKWARD', ['user-service'], ['search-service'], '2.0.0'),
  kafka('catalog.updated', 'discovery', 'BACKWARD', ['catalog-service'], ['search-service', 'pricing-engine'], '1.6.0'),
  kafka('order.placed', 'fulfilment', 'BACKWARD', ['order-service'], ['inventory-service', 'payment-service'], '3.0.0'),
  kafka('order.shipped', 'fulfilment', 'BACKWARD', ['shipping-service'], ['notification-service'], '2.3.0'),
  kafka('inventory.reserved', 'fulfilment', 'FORWARD', ['inventory-service'], ['order-service'], '1.2.0'),
  kafka(
    'payment.captured',
    'payments',
    'BACKWARD',
    ['payment-service'],
    ['ledger-service', 'invoice-service'],
    '2.1.0',
  ),
  kafka('payment.failed', 'payments', 'FULL_TRANSITIVE', ['payment-service'], ['order-service'], '2.4.0'),
  kafka('notification.sent', 'growth', 'BACKWARD', ['notification-service'], ['analytics-collector'], '1.0.0'),

  infra('helm-gateway', 'platform', '0.11.0'),
  infra('helm-auth', 'identity', '0.7.0'),
  infra('helm-order', 'fulfilment', '0.9.2'),
  infra('helm-payment', 'payments', '0.8.1'),
  infra('helm-platform', 'platform', '1.3.0'),
  infra('tf-network', 'platform', '0.6.0'),
  infra('tf-database', 'platform', '0.5.4'),
  infra('tf-kafka', 'platform', '0.2.0', '1.1.0'),

  k8s('api', 'gateway', 'platform', 4),
  k8s('auth', 'auth-service', 'identity', 3),
  k8s('catalog', 'catalog-service', 'discovery', 3),
  k8s('search', 'search-service', 'discovery', 2, 'statefulset'),
  k8s('cart', 'cart-service', 'checkout', 3),
  k8s('orders', 'order-service', 'fulfilment', 3),
  k8s('payments', 'payment-service', 'payments', 4),
  k8s('ledger', 'ledger-service', 'payments', 2, 'statefulset'),
  k8s('fraud-scoring', 'fraud-service', 'payments', 2),
  k8s('worker', 'notification-service', 'growth', 3),
  k8s('shell', 'shell', 'web-platform', 2),
  {
    type: 'k8s',
    name: 'edge-proxy',
    repo: 'acme/deployments',
    owner: 'platform',
    since: FIRST,
    startsAt: null,
    workload: { kind: 'daemonset', image: 'docker.io/envoyproxy/envoy', runs: null, replicas: 3 },
    events: null,
  },
];

/** `<type>#<name>`: the component's column. */
export function columnOf({ type, name }: Pick<DemoComponent, 'type' | 'name'>): string {
  return `${type}#${name}`;
}

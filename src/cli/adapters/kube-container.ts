import { parseImage } from '../../release/item/image.ts';
import type { PodTemplate, Workload } from './kube-workload.ts';

/**
 * Containers that stand beside a workload's own in very many pods: proxies, agents, exporters. By their names, or by
 * those of their images.
 */
const SIDECARS: ReadonlySet<string> = new Set(
  `
    appmesh-envoy aws-appmesh-envoy aws-for-fluent-bit aws-otel-collector blackbox-exporter cloud-sql-proxy
    cloudsql-proxy config-reloader configmap-reload consul-connect-envoy-sidecar consul-dataplane consul-sidecar
    dapr daprd datadog-agent envoy envoy-sidecar filebeat fluent-bit fluentbit fluentd gce-proxy git-sync
    istio-proxy jaeger-agent k8s-sidecar kube-rbac-proxy kuma-sidecar linkerd-proxy livenessprobe log-router
    log_router nginx-prometheus-exporter oauth-proxy oauth2-proxy opentelemetry-collector
    opentelemetry-collector-contrib otc-container otel-agent otel-collector otel-collector-contrib
    postgres-exporter postgres_exporter prometheus-config-reloader promtail proxyv2 queue-proxy redis-exporter
    redis_exporter statsd-exporter telegraf vault-agent vector xray-daemon
  `
    .trim()
    .split(/\s+/),
);

type Container = PodTemplate['spec']['containers'][number];

/** What says which of several containers is a workload's own. */
export interface ContainerHints {
  /** Names of containers that the command line says are workloads' own. */
  readonly named: readonly string[];
  /** The container that the workload itself says is its own, the surest word first. */
  readonly said: readonly (string | undefined)[];
  /** What the workload is called: its name, and those of its labels. */
  readonly names: readonly string[];
}

/**
 * The container that is the workload's own: the one that the command line names, that the pods are annotated with, the
 * only one, that called as the workload or its label, or that whose image is; proxies and other well-known sidecars
 * are none, unless everything says so.
 *
 * @param named names of containers that the command line says are workloads' own
 * @returns null where several could be it
 */
export function ownContainer(workload: Workload, template: PodTemplate, named: readonly string[]): Container | null {
  const annotations = template.metadata?.annotations ?? {};
  const labels = { ...template.metadata?.labels, ...workload.metadata.labels };
  const names = [
    workload.metadata.name,
    labels['app.kubernetes.io/name'],
    labels['app.kubernetes.io/component'],
    labels.app,
    labels['k8s-app'],
  ].filter((name) => name !== undefined);
  return workloadContainer(template.spec.containers, {
    named,
    said: [
      annotations['kubectl.kubernetes.io/default-container'],
      // As it was called before Kubernetes 1.20.
      annotations['kubectl.kubernetes.io/default-logs-container'],
      workload.metadata.name,
    ],
    names,
  });
}

/**
 * The same for whichever system runs the containers.
 *
 * @returns null where several could be it
 */
export function workloadContainer<C extends Pick<Container, 'name' | 'image'>>(
  containers: readonly C[],
  { named, said, names }: ContainerHints,
): C | null {
  const sure =
    containers.find(({ name }) => named.includes(name)) ??
    said.flatMap((one) => containers.find(({ name }) => name === one) ?? [])[0];
  if (sure !== undefined) return sure;
  const own = containers.filter((one) => !isSidecar(one));
  const [only, other] = own.length > 0 ? own : containers;
  if (other === undefined) return only ?? null;
  return (
    own.find(({ name }) => names.includes(name)) ??
    onlyOne(own.filter(({ image }) => names.includes(parseImage(image)?.shortName ?? ''))) ??
    null
  );
}

function isSidecar({ name, image }: Pick<Container, 'name' | 'image'>): boolean {
  return SIDECARS.has(name) || SIDECARS.has(parseImage(image)?.shortName ?? '');
}

function onlyOne<T>([only, other]: readonly T[]): T | undefined {
  return other === undefined ? only : undefined;
}

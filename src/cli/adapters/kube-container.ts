import { parseImage } from '../../release/image.ts';
import type { PodTemplate, Workload } from './kube-workload.ts';

/**
 * Containers that stand beside a workload's own in very many pods: proxies, agents, exporters. By their names, or by
 * those of their images.
 */
const SIDECARS: ReadonlySet<string> = new Set([
  'appmesh-envoy',
  'aws-appmesh-envoy',
  'aws-otel-collector',
  'blackbox-exporter',
  'cloud-sql-proxy',
  'cloudsql-proxy',
  'config-reloader',
  'configmap-reload',
  'consul-connect-envoy-sidecar',
  'consul-dataplane',
  'consul-sidecar',
  'dapr',
  'daprd',
  'datadog-agent',
  'envoy',
  'envoy-sidecar',
  'filebeat',
  'fluent-bit',
  'fluentbit',
  'fluentd',
  'gce-proxy',
  'git-sync',
  'istio-proxy',
  'jaeger-agent',
  'k8s-sidecar',
  'kube-rbac-proxy',
  'kuma-sidecar',
  'linkerd-proxy',
  'livenessprobe',
  'nginx-prometheus-exporter',
  'oauth-proxy',
  'oauth2-proxy',
  'opentelemetry-collector',
  'opentelemetry-collector-contrib',
  'otc-container',
  'otel-agent',
  'otel-collector',
  'otel-collector-contrib',
  'postgres-exporter',
  'postgres_exporter',
  'prometheus-config-reloader',
  'promtail',
  'proxyv2',
  'queue-proxy',
  'redis-exporter',
  'redis_exporter',
  'statsd-exporter',
  'telegraf',
  'vault-agent',
  'vector',
  'xray-daemon',
]);

type Container = PodTemplate['spec']['containers'][number];

/**
 * The container that is the workload's own: the one that the command line names, that the pods are annotated with, the
 * only one, that called as the workload or its label, or that whose image is; proxies and other well-known sidecars
 * are none, unless everything says so.
 *
 * @param named names of containers that the command line says are workloads' own
 * @returns null where several could be it
 */
export function ownContainer(workload: Workload, template: PodTemplate, named: readonly string[]): Container | null {
  const { containers } = template.spec;
  const annotations = template.metadata?.annotations ?? {};
  const labels = { ...template.metadata?.labels, ...workload.metadata.labels };
  const names = [
    workload.metadata.name,
    labels['app.kubernetes.io/name'],
    labels['app.kubernetes.io/component'],
    labels.app,
    labels['k8s-app'],
  ].filter((name) => name !== undefined);
  const byName = (name: string | undefined) => containers.find((one) => one.name === name);
  const said =
    containers.find(({ name }) => named.includes(name)) ??
    byName(annotations['kubectl.kubernetes.io/default-container']) ??
    // As it was called before Kubernetes 1.20.
    byName(annotations['kubectl.kubernetes.io/default-logs-container']) ??
    byName(workload.metadata.name);
  if (said !== undefined) return said;
  const own = containers.filter((one) => !isSidecar(one));
  const [only, other] = own.length > 0 ? own : containers;
  if (other === undefined) return only ?? null;
  return (
    own.find(({ name }) => names.includes(name)) ??
    onlyOne(own.filter(({ image }) => names.includes(parseImage(image)?.shortName ?? ''))) ??
    null
  );
}

function isSidecar({ name, image }: Container): boolean {
  return SIDECARS.has(name) || SIDECARS.has(parseImage(image)?.shortName ?? '');
}

function onlyOne<T>([only, other]: readonly T[]): T | undefined {
  return other === undefined ? only : undefined;
}

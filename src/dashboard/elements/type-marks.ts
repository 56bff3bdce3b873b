import { isKnownType, type KnownType } from '../../release/item/component.ts';

const TYPES = {
  frontend: { label: 'Frontend', dot: 'bg-frontend' },
  backend: { label: 'Backend', dot: 'bg-backend' },
  kafka: { label: 'Kafka', dot: 'bg-kafka' },
  infra: { label: 'Infra', dot: 'bg-infra' },
  k8s: { label: 'Kubernetes', dot: 'bg-k8s' },
} satisfies Record<KnownType, { readonly label: string; readonly dot: string }>;

/** A type of component as people call it; one that is not known is called as it is. */
export function typeLabel(type: string): string {
  return isKnownType(type) ? TYPES[type].label : type;
}

/** The colour of a type's dot, as a class name. Always beside the type's label. */
export function typeDot(type: string): string {
  return isKnownType(type) ? TYPES[type].dot : 'bg-othertype';
}

import { z } from 'zod';
import { optionalText, shaped } from './tool-output.ts';

const list = z.looseObject({ items: z.array(z.unknown()) });
const kinded = z.looseObject({ kind: optionalText });

/** What any object of the Kubernetes API has; its kind may be left out where a tool lists one kind alone. */
export const kubeObject = z.looseObject({
  kind: optionalText,
  apiVersion: optionalText,
  metadata: z.looseObject({
    name: z.string(),
    namespace: optionalText,
    generation: z.int().nullish(),
    deletionTimestamp: optionalText,
    labels: z.record(z.string(), z.string()).nullish(),
  }),
});

/** A condition of a status. */
export const condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: optionalText,
  message: optionalText,
});

/**
 * The objects of documents that are each one object, an array of some, or a list as kubectl prints it.
 *
 * @throws AdapterFault for what is no object
 */
export function objectsOf(documents: readonly unknown[], expected: string): unknown[] {
  return documents.flat().flatMap((document) => {
    const listed = list.safeParse(document);
    return listed.success ? listed.data.items : [shaped(kinded, document, expected)];
  });
}

/** Whether an object says that it is of another kind or of somebody else's API: other groups have an Application, too. */
export function isForeign(object: unknown, kindsOfGroups: ReadonlyMap<string, string>): boolean {
  const { kind, apiVersion } = kubeObject.safeParse(object).data ?? {};
  if (kind === undefined) return false;
  const group = kindsOfGroups.get(kind);
  return group === undefined || !(apiVersion ?? group).startsWith(group);
}

/** `Kustomization apps`; for what has no name its number. */
export function placeOfObject(object: unknown, index: number): string {
  const { success, data } = kubeObject.safeParse(object);
  return success ? `${data.kind ?? 'object'} ${data.metadata.name}` : `object ${index + 1}`;
}

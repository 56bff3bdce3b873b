import { z } from 'zod';
import {
  type AdapterReading,
  type Expecting,
  optionalText,
  type PartReading,
  readingOf,
  readParts,
  someOf,
  type ToolOutput,
} from './tool-output.ts';

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

/** What of the Kubernetes API an adapter reads, and its words. */
export interface ObjectsRead {
  readonly tool: Expecting;
  /** Beginnings of the API's group by kind. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Said where there is no object at all. */
  readonly none: string;
  /** What the others are not: `no Application of Argo CD`. */
  readonly otherThan: string;
}

/**
 * Reads the objects of some kinds, and says which others were passed over.
 *
 * @throws AdapterFault where none could be read
 */
export function readObjects(
  output: ToolOutput,
  { tool, kinds, none, otherThan }: ObjectsRead,
  read: (object: unknown) => PartReading,
): AdapterReading {
  const objects = objectsOf(tool.documents(output.document()), tool);
  const isOther = (object: unknown) => isForeign(object, kinds);
  const others = objects.filter(isOther).map(placeOfObject);
  const own = objects.filter((object) => !isOther(object));
  const { results, faults } = readParts(own, placeOfObject, read);
  return readingOf(someOf(results, faults), faults, [
    ...(objects.length === 0 ? [none] : []),
    ...(others.length === 0 ? [] : [`Passed over, as ${otherThan}: ${others.join(', ')}.`]),
  ]);
}

/**
 * The objects of documents that are each one object, an array of some, or a list as kubectl prints it.
 *
 * @throws AdapterFault for what is not an object
 */
function objectsOf(documents: readonly unknown[], tool: Expecting): unknown[] {
  return documents.flat().flatMap((document) => {
    const listed = list.safeParse(document);
    return listed.success ? listed.data.items : [tool.shaped(kinded, document)];
  });
}

/** Whether an object says that it is of another kind or of somebody else's API: other groups have an Application, too. */
function isForeign(object: unknown, kindsOfGroups: ReadonlyMap<string, string>): boolean {
  const { kind, apiVersion } = kubeObject.safeParse(object).data ?? {};
  if (kind === undefined) return false;
  const group = kindsOfGroups.get(kind);
  return group === undefined || !(apiVersion ?? group).startsWith(group);
}

/** `Kustomization apps`; for what has no name its number. */
function placeOfObject(object: unknown, index: number): string {
  const { success, data } = kubeObject.safeParse(object);
  return success ? `${data.kind ?? 'object'} ${data.metadata.name}` : `object ${index + 1}`;
}

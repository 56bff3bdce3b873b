import { z } from 'zod';
import { FIELD_NAMES } from '../item/field-weights.ts';
import { FIELD_SHAPES, type FieldName } from '../item/fields.ts';
import type { Fragment } from '../item/fragment.ts';
import { STAGES } from '../item/release.ts';
import type { Report, ReportCell } from '../report/report.ts';
import { UNKNOWN_REASONS } from '../report/verdict.ts';
import type { DocumentOf } from '../text/document.ts';

/**
 * The composite manifest: what a release is made of, in one document. Its form is a contract; a change of meaning
 * counts `schema` up. It holds what was published, as it was read; changelogs and changes are told elsewhere.
 */
const SHAPES = {
  text: z.string(),
  names: z.array(z.string()),
  time: z.string().describe('ISO 8601 in UTC'),
  count: z.int().min(0),
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
} satisfies Record<(typeof FIELD_SHAPES)[ManifestField], z.ZodType>;

/** In the component's own place, or told elsewhere. */
const LEFT_OUT = ['changelog', 'changes', 'environment', 'environments'] as const satisfies FieldName[];
type ManifestField = Exclude<FieldName, (typeof LEFT_OUT)[number]>;
const FIELDS = FIELD_NAMES.filter((field): field is ManifestField => !LEFT_OUT.some((left) => left === field));

const fields = z
  .strictObject(Object.fromEntries(FIELDS.map((field) => [field, SHAPES[FIELD_SHAPES[field]].optional()])))
  .describe('The fields that the fragment has, but for its changelog and its changes.');

const component = z.strictObject({
  type: z.string(),
  name: z.string().describe('Without environment and kind, for a Kubernetes workload.'),
  version: z.string().describe("The component's own version."),
  key: z.string().describe('RANGE key of the item, as stored.'),
  kind: z.string().nullable().describe('Of a Kubernetes workload: deployment, statefulset, …'),
  environments: z.array(z.string()).describe('Folded names, in order.'),
  carriedFrom: z
    .string()
    .nullable()
    .describe('The older release it is inherited from, where it was not tagged again for this one.'),
  fields,
  unreadable: z.array(z.string()).describe('Attributes that are there but not of their shape.'),
});

/** The written form, and the source of the published JSON Schema. */
export const manifestDocument = z
  .strictObject({
    schema: z.literal(1),
    release: z.string().describe('HASH key, as stored.'),
    stage: z.enum(STAGES),
    readAt: z.string().describe('When the table was read, ISO 8601 in UTC.'),
    verdict: z.enum(['pass', 'fail', 'unknown']),
    unknown: z.array(z.enum(UNKNOWN_REASONS)).describe('Why the verdict is unknown; empty where it is another.'),
    completeness: z.strictObject({
      roster: z.enum(['policy', 'inferred', 'none']).describe('How it is known what belongs to the release.'),
      expected: z.int().min(0),
      present: z.int().min(0).describe('With those that are carried over.'),
      missing: z.array(z.string()).describe('<type>#<name>'),
    }),
    components: z.array(component).describe('One per fragment, by type, then by name, then by environment.'),
  })
  .describe('What a release is made of, by Release Matrix');

export type Manifest = DocumentOf<typeof manifestDocument>;
export type ManifestComponent = DocumentOf<typeof component>;

/** The composite manifest of a release; null where there is no fragment of it. */
export function manifestOf(report: Report, tag: string): Manifest | null {
  const row = report.rows.find(({ release }) => release.tag === tag);
  if (row === undefined || row.fragments === 0) return null;
  return {
    schema: 1,
    release: tag,
    stage: row.release.stage,
    readAt: report.readAt,
    verdict: row.verdict.result,
    unknown: row.verdict.unknown,
    completeness: row.completeness,
    components: row.cells.flatMap((cell, column) =>
      cell === null ? [] : entriesOf(report, cell, column).map((entry) => describeEntry(entry, cell.carriedFrom)),
    ),
  };
}

function entriesOf({ rows }: Report, { carriedFrom, entries }: ReportCell, column: number): readonly Fragment[] {
  if (carriedFrom === null) return entries;
  return rows.find(({ release }) => release.tag === carriedFrom)?.cells[column]?.entries ?? [];
}

function describeEntry(entry: Fragment, carriedFrom: string | null): ManifestComponent {
  const { type, name, ownVersion, key, kind, environments, faults } = entry;
  return {
    type,
    name,
    version: ownVersion,
    key,
    kind,
    environments,
    carriedFrom,
    fields: Object.fromEntries(
      FIELDS.flatMap((field) => (entry.fields[field] === undefined ? [] : [[field, entry.fields[field]]])),
    ),
    unreadable: faults.map(({ attribute }) => attribute),
  };
}

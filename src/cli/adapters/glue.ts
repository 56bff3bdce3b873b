import { z } from 'zod';
import type { EVOLUTION_POLICIES } from '../../release/item/fragment-input.ts';
import { nameInArn } from '../../release/text/arn.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  expecting,
  given,
  givenTexts,
  optionalText,
  readingOf,
  readParts,
  someOf,
} from './tool-output.ts';

const tool = expecting(
  'the answers of `aws glue get-schema` and `aws glue get-schema-version` (or `register-schema-version`), one behind the other',
);

/** `get-schema`; `create-schema` answers alike. */
const schema = z.looseObject({
  SchemaName: z.string(),
  SchemaArn: z.string(),
  RegistryName: optionalText,
  DataFormat: optionalText,
  Compatibility: optionalText,
  LatestSchemaVersion: z.int().nullish(),
  SchemaStatus: optionalText,
});
/** `get-schema-version`; `register-schema-version` does not say of which schema. */
const version = z.looseObject({
  SchemaVersionId: z.string(),
  VersionNumber: z.int(),
  Status: z.string(),
  SchemaArn: optionalText,
  DataFormat: optionalText,
});
type Schema = z.output<typeof schema>;
type Version = z.output<typeof version>;

/** Glue's words for what Confluent calls transitive: compared with all versions before. */
const POLICY_OF_COMPATIBILITY: ReadonlyMap<string, (typeof EVOLUTION_POLICIES)[number]> = new Map([
  ['NONE', 'NONE'],
  ['BACKWARD', 'BACKWARD'],
  ['BACKWARD_ALL', 'BACKWARD_TRANSITIVE'],
  ['FORWARD', 'FORWARD'],
  ['FORWARD_ALL', 'FORWARD_TRANSITIVE'],
  ['FULL', 'FULL'],
  ['FULL_ALL', 'FULL_TRANSITIVE'],
]);

export const glue: Adapter = {
  type: 'kafka',
  of: 'observation',
  place: null,
  read(output, { component }) {
    const { results: answers, faults: strangers } = readParts(
      tool.documents(output.document()).flat(),
      (_, index) => `answer ${index + 1}`,
      readAnswer,
    );
    const { results, faults } = readParts(subjectsOf(someOf(answers, strangers)), nameOf, (one) => ({
      draft: draftOf(one, component),
      notices: noticesOf(one),
    }));
    const read = someOf(results, faults);
    if (read.length === 0) throw tool.fault('; there is none');
    return readingOf(read, [...strangers, ...faults], []);
  },
};

/** What Glue says of one schema. */
interface Subject {
  readonly schema: Schema | null;
  readonly version: Version | null;
}

function readAnswer(document: unknown): Subject {
  const ofVersion = version.safeParse(document);
  if (ofVersion.success) return { schema: null, version: ofVersion.data };
  return { schema: tool.shaped(schema, document), version: null };
}

/** Joins the answers by the schema's ARN. A version that names none belongs to the only schema that there is. */
function subjectsOf(answers: readonly Subject[]): Subject[] {
  const arns = new Set(answers.flatMap(({ schema: of, version: one }) => of?.SchemaArn ?? one?.SchemaArn ?? []));
  const [only, other] = arns;
  const arnOf = (answer: Subject) =>
    answer.schema?.SchemaArn ?? answer.version?.SchemaArn ?? (other === undefined ? only : undefined);
  const nameless = answers.filter((answer) => arnOf(answer) === undefined);
  const joined = [...arns].flatMap((arn): Subject[] => {
    const own = answers.filter((answer) => arnOf(answer) === arn);
    const [of = null] = own.flatMap((answer) => answer.schema ?? []);
    const versions = own.flatMap((answer) => answer.version ?? []);
    return versions.length === 0
      ? [{ schema: of, version: null }]
      : versions.map((one) => ({ schema: of, version: one }));
  });
  return [...joined, ...nameless];
}

function nameOf({ schema: of, version: one }: Subject): string {
  return of?.SchemaName ?? nameInArn(one?.SchemaArn) ?? `version ${one?.SchemaVersionId}`;
}

function draftOf(subject: Subject, component: string | null): AdapterDraft {
  const { schema: of, version: one } = subject;
  const name = of?.SchemaName ?? nameInArn(one?.SchemaArn);
  if (name === undefined && component === null) {
    throw new AdapterFault(
      'expected a version that says of which schema it is: give the answer of `aws glue get-schema` beside it, or --component',
    );
  }
  if (one !== null && one.Status !== 'AVAILABLE') throw new AdapterFault(statusWords(one));
  if (of?.SchemaStatus === 'DELETING')
    throw new AdapterFault('expected a schema that stays, received one that is being deleted');
  const number = one?.VersionNumber ?? of?.LatestSchemaVersion;
  return {
    fields: given({
      // By the usual naming, the values of topic orders are the schema orders-value.
      component: component ?? name?.replace(/-value$/, ''),
      evolutionPolicy: POLICY_OF_COMPATIBILITY.get(of?.Compatibility ?? ''),
      // The registry counts 1, 2, 3; a schema's own version is the git tag's.
      meta: givenTexts({
        schema: name,
        registry: of?.RegistryName,
        registryVersion: number == null ? undefined : String(number),
        schemaVersionId: one?.SchemaVersionId,
        schemaType: of?.DataFormat ?? one?.DataFormat,
      }),
    }),
    tag: null,
    place: nameOf(subject),
  };
}

function statusWords({ VersionNumber: number, Status: status }: Version): string {
  const expected = `expected version ${number} to be AVAILABLE, received ${status}`;
  if (status === 'PENDING') return `${expected}: Glue is still checking it, so ask once more`;
  return status === 'FAILURE' ? `${expected}: it broke the compatibility and cannot be used` : expected;
}

function noticesOf(subject: Subject): string[] {
  const { schema: of } = subject;
  const compatibility = of?.Compatibility;
  if (compatibility === undefined) {
    return [
      `No compatibility was given of ${nameOf(subject)} (aws glue get-schema), so no evolutionPolicy is published.`,
    ];
  }
  return POLICY_OF_COMPATIBILITY.has(compatibility)
    ? []
    : [
        `${nameOf(subject)} has the compatibility ${compatibility}, which is not an evolutionPolicy, so none is published.`,
      ];
}

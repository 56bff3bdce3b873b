import { z } from 'zod';
import { EVOLUTION_POLICIES } from '../../release/item/fragment-input.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  expecting,
  given,
  optionalText,
  readParts,
} from './tool-output.ts';

const tool = expecting(
  "the registry's answers as JSON, for each subject: GET /subjects/<subject>/versions/latest and GET /config/<subject>?defaultToGlobal=true",
);

/** Also Apicurio's, by its Confluent API v7 (`/apis/ccompat/v7`). */
const registered = z.looseObject({
  subject: z.string(),
  version: z.int(),
  id: z.int(),
  guid: optionalText,
  // Left out for Avro.
  schemaType: optionalText,
});
/** A GET says `compatibilityLevel`, the answer to a PUT `compatibility`. */
const level = z.enum(EVOLUTION_POLICIES);
const config = z
  .looseObject({ compatibilityLevel: level.optional(), compatibility: level.optional() })
  .transform(({ compatibilityLevel, compatibility }) => compatibilityLevel ?? compatibility)
  .refine((policy) => policy !== undefined);
const refusal = z.looseObject({ error_code: z.int(), message: optionalText });

const NO_CONFIG_OF_ITS_OWN = 40408;

export const schemaRegistry: Adapter = {
  type: 'kafka',
  of: 'observation',
  place: null,
  read(output, { component }) {
    const answers = answersOf(tool.documents(output.document()).flat());
    const { results, faults } = readParts(
      answers,
      ({ version }, index) => version?.subject ?? `answer ${index + 1}`,
      (answer) => draftOf(answer, component),
    );
    const [fault] = faults;
    if (results.length === 0) {
      throw fault === undefined ? tool.fault('; there is no version of a subject') : new AdapterFault(fault.fault);
    }
    const without = results.filter(({ fields }) => fields.evolutionPolicy === undefined);
    const subjects = without.map(({ fields }) => fields.meta?.subject).join(', ');
    return {
      drafts: results,
      faults,
      notices:
        without.length === 0 ? [] : [`No compatibility was given of ${subjects}, so no evolutionPolicy is published.`],
    };
  },
};

/** What the registry says of one subject. */
interface Answer {
  readonly version: z.output<typeof registered> | null;
  readonly levels: readonly (typeof EVOLUTION_POLICIES)[number][];
  /** Why an answer is none. */
  readonly refused: string | null;
}

/**
 * Sorts the answers by subject. Each subject has a configuration of its own, which does not name it: it belongs to the
 * version before it, or to that behind it where the first answer of all is one.
 */
function answersOf(documents: readonly unknown[]): Answer[] {
  const answers: Answer[] = [];
  const leading: (typeof EVOLUTION_POLICIES)[number][] = [];
  const isConfigFirst = config.safeParse(documents[0]).success;
  for (const document of documents) {
    const refused = refusal.safeParse(document);
    const policy = config.safeParse(document);
    const last = answers.at(-1);
    if (refused.success) {
      const words = refusalWords(refused.data);
      // Of a subject that is there only its configuration can be refused.
      const ofLast = refused.data.error_code === NO_CONFIG_OF_ITS_OWN && !isConfigFirst && last !== undefined;
      if (ofLast) answers[answers.length - 1] = { ...last, refused: words };
      else answers.push({ version: null, levels: [], refused: words });
    } else if (policy.success && policy.data !== undefined) {
      if (isConfigFirst || last === undefined) leading.push(policy.data);
      else answers[answers.length - 1] = { ...last, levels: [...last.levels, policy.data] };
    } else {
      const { results, faults } = readParts(
        [document],
        () => '',
        (one) => tool.shaped(registered, one),
      );
      const [version = null] = results;
      answers.push({ version, levels: leading.splice(0), refused: faults[0]?.fault ?? null });
    }
  }
  if (leading.length > 0) {
    throw tool.fault(', each configuration behind its version, or each before it; one is left over');
  }
  return answers;
}

function draftOf({ version: of, levels, refused }: Answer, component: string | null): AdapterDraft {
  if (refused !== null || of === null) throw refused === null ? tool.fault() : new AdapterFault(refused);
  const { subject, version, id, schemaType } = of;
  const [policy] = levels;
  if (new Set(levels).size > 1) {
    throw new AdapterFault(`expected one compatibility for the subject, received ${levels.join(' and ')}`);
  }
  return {
    fields: given({
      // By the usual naming, the values of topic orders are the subject orders-value.
      component: component ?? subject.replace(/-value$/, ''),
      evolutionPolicy: policy,
      // The registry counts 1, 2, 3; a schema's own version is the git tag's.
      meta: { subject, registryVersion: String(version), schemaId: String(id), schemaType: schemaType ?? 'AVRO' },
    }),
    tag: null,
    place: subject,
  };
}

function refusalWords({ error_code, message }: z.output<typeof refusal>): string {
  const hint = error_code === NO_CONFIG_OF_ITS_OWN ? ' Ask with ?defaultToGlobal=true' : '';
  return `expected ${tool.expected}, received the registry's error ${error_code}: ${message ?? 'no message'}.${hint}`;
}

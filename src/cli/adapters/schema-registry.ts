import { z } from 'zod';
import { EVOLUTION_POLICIES } from '../../release/fragment-input.ts';
import { type Adapter, AdapterFault, given, jsonDocuments, optionalText, shaped } from './tool-output.ts';

const EXPECTED =
  "the registry's answers as JSON, one a line: GET /subjects/<subject>/versions/latest and GET /config/<subject>?defaultToGlobal=true";

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
    const documents = jsonDocuments(output.document(), EXPECTED).flat();
    const levels: (typeof EVOLUTION_POLICIES)[number][] = [];
    const versions: z.output<typeof registered>[] = [];
    for (const document of documents) {
      const refused = refusal.safeParse(document);
      if (refused.success) throw new AdapterFault(refusalWords(refused.data));
      const policy = config.safeParse(document);
      if (policy.success && policy.data !== undefined) levels.push(policy.data);
      else versions.push(shaped(registered, document, EXPECTED));
    }
    if (versions.length === 0) throw new AdapterFault(`expected ${EXPECTED}; there is no version of a subject`);
    const [policy] = levels;
    if (new Set(levels).size > 1) {
      throw new AdapterFault(`expected one compatibility for the subjects, received ${levels.join(' and ')}`);
    }
    return {
      drafts: versions.map(({ subject, version, id, schemaType }) => ({
        fields: given({
          // By the usual naming, the values of topic orders are the subject orders-value.
          component: component ?? subject.replace(/-value$/, ''),
          evolutionPolicy: policy,
          // The registry counts 1, 2, 3; a schema's own version is the git tag's.
          meta: { subject, registryVersion: String(version), schemaId: String(id), schemaType: schemaType ?? 'AVRO' },
        }),
        tag: null,
      })),
      notices: policy === undefined ? ['No compatibility was given, so no evolutionPolicy is published.'] : [],
    };
  },
};

function refusalWords({ error_code, message }: z.output<typeof refusal>): string {
  const hint = error_code === NO_CONFIG_OF_ITS_OWN ? ' Ask with ?defaultToGlobal=true' : '';
  return `expected ${EXPECTED}, received the registry's error ${error_code}: ${message ?? 'no message'}.${hint}`;
}

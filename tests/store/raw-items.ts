import fc from 'fast-check';

/**
 * Items as JSON text, as a table or a broken emulator might send them. Text, because that alone can hold what makes
 * objects odd: own properties called `__proto__`, names that occur twice, lone surrogates.
 */

const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'commit', 'readyReplicas', 'links', ''),
  fc.string({ maxLength: 8 }),
);

const decimals = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt().map(String),
  fc.constantFrom('', 'NaN', '1e125', '9007199254740993.5', '-0', '0x10', ' 12 '),
);

const jsonText = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));

const quotedText = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud800'))
  .map((text) => JSON.stringify(text));

const list = (members: fc.Arbitrary<string>) => fc.array(members, { maxLength: 4 }).map((texts) => `[${texts.join()}]`);

const map = (values: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(names, values), { maxLength: 4 })
    .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    quotedText.map((text) => `{"S":${text}}`),
    decimals.map((text) => `{"N":${JSON.stringify(text)}}`),
    fc.boolean().map((flag) => `{"BOOL":${flag}}`),
    fc.constant('{"NULL":true}'),
    fc.base64String({ maxLength: 12 }).map((text) => `{"B":"${text}"}`),
    list(quotedText).map((members) => `{"SS":${members}}`),
    list(decimals.map((text) => JSON.stringify(text))).map((members) => `{"NS":${members}}`),
    list(tie('value')).map((members) => `{"L":${members}}`),
    map(tie('value')).map((members) => `{"M":${members}}`),
    // A known or unknown type over anything, two types at once, no AttributeValue at all.
    fc
      .tuple(fc.constantFrom('S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M', 'Q', '__proto__'), jsonText)
      .map(([type, json]) => `{${JSON.stringify(type)}:${json}}`),
    fc.tuple(quotedText, jsonText).map(([text, json]) => `{"S":${text},"M":${json}}`),
    jsonText,
  ),
}));

/** JSON text of a map of attributes. */
export const rawAttributes: fc.Arbitrary<string> = map(value);

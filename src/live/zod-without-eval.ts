/**
 * Keeps zod from making functions of text, which the page's content security policy forbids: it would try, be refused,
 * go on without, and leave a violation in the console. What `z.config({ jitless: true })` sets, but before zod is there:
 * the matrix needs no schema, so zod comes later, and takes up what it finds.
 */
Reflect.set(globalThis, '__zod_globalConfig', { jitless: true });

export {};

import { config } from 'zod';

/**
 * Keeps zod from making functions of text, which the page's content security policy forbids: it would try, be refused,
 * go on without, and leave a violation in the console. To be imported before any module that makes a schema.
 */
config({ jitless: true });

import type { z } from 'zod';

/** What a schema describes, as plain data that nobody changes. (`.readonly()` would mark every part in the schema.) */
export type DocumentOf<S extends z.ZodType> = Unchanging<z.infer<S>>;

type Unchanging<T> = T extends readonly (infer Member)[]
  ? readonly Unchanging<Member>[]
  : T extends object
    ? { readonly [Name in keyof T]: Unchanging<T[Name]> }
    : T;

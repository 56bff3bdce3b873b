/** Fragments that arrived or changed since they were last looked at, by `Fragment#id`. */
export type News = ReadonlyMap<string, 'new' | 'changed'>;

/**
 * A function whose answer is worked out once for each object and forgotten with it: for objects that never change once
 * they are made, as reports and their rows, of which a poll brings few others.
 */
export function onceFor<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const made = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
}

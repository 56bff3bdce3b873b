/**
 * "Only what identity owns; components of others: 3", as a line of its own; none where nobody's was asked for.
 *
 * @param shown writes what somebody published; the words around it are ours
 */
export function ownerWords(
  { owner }: { readonly owner?: { readonly names: readonly string[]; readonly others: number } | undefined },
  shown: (text: string) => string,
): string[] {
  if (owner === undefined) return [];
  const verb = owner.names.length === 1 ? 'owns' : 'own';
  return [`Only what ${owner.names.map(shown).join(', ')} ${verb}; components of others: ${owner.others}`];
}

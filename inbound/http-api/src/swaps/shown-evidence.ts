/** Evidence was kept as it was decided by, with instants as numbers; people are shown them like all others of the API. */
const namesOfInstants = /^(at|until|since|startsAt|endsAt)$|[a-z]At$/;
/** Smaller numbers (before September 2001) are counts, whatever their name. */
const firstInstant = 1e12;

/** The same with every instant in RFC 3339. */
export function shownEvidence(evidence: unknown): unknown {
  if (Array.isArray(evidence)) return evidence.map(shownEvidence);
  if (typeof evidence !== 'object' || evidence === null) return evidence;
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [
      name,
      typeof value === 'number' && value >= firstInstant && namesOfInstants.test(name)
        ? new Date(value).toISOString()
        : shownEvidence(value),
    ]),
  );
}

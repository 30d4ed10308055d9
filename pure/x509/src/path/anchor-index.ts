/** Anchors found by subject. The index of a list is kept as long as the list: trust lists are long and live long. */
import type { DistinguishedName } from '../name/distinguished-name.ts';
import type { TrustAnchor } from '../trust-anchor.ts';

const smallList = 8;
interface AnchorIndex {
  /** Length of the list when it was indexed: a list that grew is indexed again. */
  readonly length: number;
  readonly bySubject: ReadonlyMap<string, readonly TrustAnchor[]>;
}
const indexes = new WeakMap<readonly TrustAnchor[], AnchorIndex>();

export function anchorsWithSubject(anchors: readonly TrustAnchor[], name: DistinguishedName): readonly TrustAnchor[] {
  if (anchors.length <= smallList) return anchors.filter((anchor) => name.equals(anchor.subject));
  let index = indexes.get(anchors);
  if (index === undefined || index.length !== anchors.length) {
    index = { length: anchors.length, bySubject: indexBySubject(anchors) };
    indexes.set(anchors, index);
  }
  return index.bySubject.get(name.key) ?? [];
}

function indexBySubject(anchors: readonly TrustAnchor[]): ReadonlyMap<string, readonly TrustAnchor[]> {
  const bySubject = new Map<string, TrustAnchor[]>();
  for (const anchor of anchors) {
    const same = bySubject.get(anchor.subject.key);
    if (same === undefined) bySubject.set(anchor.subject.key, [anchor]);
    else same.push(anchor);
  }
  return bySubject;
}

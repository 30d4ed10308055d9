/** The certificates that came along, found by subject. Duplicates are dropped; junk was dropped before. */
import type { Certificate } from '../certificate.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { DistinguishedName } from '../name/distinguished-name.ts';

/** Up to here a look at each is cheaper than an index. */
const smallBag = 8;

export class CertificateBag {
  private readonly certificates: readonly Certificate[];
  private readonly bySubject: ReadonlyMap<string, readonly Certificate[]> | null;

  constructor(certificates: readonly Certificate[]) {
    this.certificates = certificates.length > smallBag ? distinct(certificates) : certificates;
    this.bySubject = certificates.length > smallBag ? indexBySubject(this.certificates) : null;
  }

  withSubject(name: DistinguishedName): Certificate[] {
    if (this.bySubject !== null) return [...(this.bySubject.get(name.key) ?? [])];
    const found: Certificate[] = [];
    for (const certificate of this.certificates) {
      if (certificate.subject.equals(name) && !found.some((other) => equalBytes(other.der, certificate.der)))
        found.push(certificate);
    }
    return found;
  }
}

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  const byFingerprint = new Map<string, Certificate>();
  for (const certificate of certificates)
    if (!byFingerprint.has(certificate.sha256)) byFingerprint.set(certificate.sha256, certificate);
  return [...byFingerprint.values()];
}

function indexBySubject(certificates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const index = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const same = index.get(certificate.subject.key);
    if (same === undefined) index.set(certificate.subject.key, [certificate]);
    else same.push(certificate);
  }
  return index;
}

/** The extensions of one object: found by type, read on demand, remembered. A getter is null where the extension is absent. */
import { DerReader } from '../der/der-reader.ts';
import type { GeneralName } from '../name/general-name.ts';
import { readAlternativeNames } from './alternative-names.ts';
import { readBasicConstraints } from './basic-constraints.ts';
import type { BasicConstraints } from './basic-constraints.ts';
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from './certificate-policies.ts';
import type { PolicyConstraints, PolicyMapping } from './certificate-policies.ts';
import { readDistributionPoints } from './distribution-points.ts';
import type { DistributionPoint } from './distribution-points.ts';
import { readExtendedKeyUsage } from './extended-key-usage.ts';
import { extensionTypes } from './extension.ts';
import type { Extension } from './extension.ts';
import { readInformationAccess } from './information-access.ts';
import type { AccessDescription } from './information-access.ts';
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from './key-identifiers.ts';
import type { AuthorityKeyIdentifier } from './key-identifiers.ts';
import { readKeyUsage } from './key-usage.ts';
import { readNameConstraints } from './name-constraints.ts';
import type { NameConstraints } from './name-constraints.ts';
import { readSignedTimestamps } from './signed-timestamps.ts';
import type { SignedCertificateTimestamp } from './signed-timestamps.ts';
import { readTlsFeature } from './tls-feature.ts';

/** Every reader that a certificate's extension has here, by type. What is not in the table is not processed. */
const readers = {
  [extensionTypes.subjectKeyIdentifier]: readSubjectKeyIdentifier,
  [extensionTypes.keyUsage]: readKeyUsage,
  [extensionTypes.subjectAltName]: readAlternativeNames,
  [extensionTypes.issuerAltName]: readAlternativeNames,
  [extensionTypes.basicConstraints]: readBasicConstraints,
  [extensionTypes.nameConstraints]: readNameConstraints,
  [extensionTypes.crlDistributionPoints]: readDistributionPoints,
  [extensionTypes.certificatePolicies]: readCertificatePolicies,
  [extensionTypes.policyMappings]: readPolicyMappings,
  [extensionTypes.authorityKeyIdentifier]: readAuthorityKeyIdentifier,
  [extensionTypes.policyConstraints]: readPolicyConstraints,
  [extensionTypes.extendedKeyUsage]: readExtendedKeyUsage,
  [extensionTypes.freshestCrl]: readDistributionPoints,
  [extensionTypes.inhibitAnyPolicy]: readInhibitAnyPolicy,
  [extensionTypes.authorityInformationAccess]: readInformationAccess,
  [extensionTypes.subjectInformationAccess]: readInformationAccess,
  [extensionTypes.tlsFeature]: readTlsFeature,
  [extensionTypes.signedCertificateTimestamps]: readSignedTimestamps,
} as const;

type ReaderTable = typeof readers;
const readerByType: ReadonlyMap<string, (value: DerReader) => unknown> = new Map(Object.entries(readers));

export class ExtensionSet {
  readonly list: readonly Extension[];
  private readonly bytes: Uint8Array;
  /** Values that were read, in the places of `list`. */
  private readonly values: unknown[] = [];

  constructor(bytes: Uint8Array, list: readonly Extension[]) {
    this.bytes = bytes;
    this.list = list;
  }

  find(type: string): Extension | null {
    for (const extension of this.list) if (extension.type === type) return extension;
    return null;
  }

  /** The value of an extension (content of its OCTET STRING), not copied; null where it is absent. */
  valueOf(type: string): Uint8Array | null {
    const extension = this.find(type);
    return extension === null ? null : this.bytes.subarray(extension.start, extension.end);
  }

  get basicConstraints(): BasicConstraints | null {
    return this.valueBy(extensionTypes.basicConstraints);
  }
  get keyUsage(): number | null {
    return this.valueBy(extensionTypes.keyUsage);
  }
  get extendedKeyUsage(): readonly string[] | null {
    return this.valueBy(extensionTypes.extendedKeyUsage);
  }
  get subjectAltName(): readonly GeneralName[] | null {
    return this.valueBy(extensionTypes.subjectAltName);
  }
  get issuerAltName(): readonly GeneralName[] | null {
    return this.valueBy(extensionTypes.issuerAltName);
  }
  get nameConstraints(): NameConstraints | null {
    return this.valueBy(extensionTypes.nameConstraints);
  }
  get certificatePolicies(): readonly string[] | null {
    return this.valueBy(extensionTypes.certificatePolicies);
  }
  get policyMappings(): readonly PolicyMapping[] | null {
    return this.valueBy(extensionTypes.policyMappings);
  }
  get policyConstraints(): PolicyConstraints | null {
    return this.valueBy(extensionTypes.policyConstraints);
  }
  get inhibitAnyPolicy(): number | null {
    return this.valueBy(extensionTypes.inhibitAnyPolicy);
  }
  get authorityKeyIdentifier(): AuthorityKeyIdentifier | null {
    return this.valueBy(extensionTypes.authorityKeyIdentifier);
  }
  get subjectKeyIdentifier(): Uint8Array | null {
    return this.valueBy(extensionTypes.subjectKeyIdentifier);
  }
  get crlDistributionPoints(): readonly DistributionPoint[] | null {
    return this.valueBy(extensionTypes.crlDistributionPoints);
  }
  get freshestCrl(): readonly DistributionPoint[] | null {
    return this.valueBy(extensionTypes.freshestCrl);
  }
  get authorityInformationAccess(): readonly AccessDescription[] | null {
    return this.valueBy(extensionTypes.authorityInformationAccess);
  }
  get subjectInformationAccess(): readonly AccessDescription[] | null {
    return this.valueBy(extensionTypes.subjectInformationAccess);
  }
  get tlsFeature(): readonly number[] | null {
    return this.valueBy(extensionTypes.tlsFeature);
  }
  get signedCertificateTimestamps(): readonly SignedCertificateTimestamp[] | null {
    return this.valueBy(extensionTypes.signedCertificateTimestamps);
  }

  /** Reads one extension that has a reader, for its form only. @returns false where no reader knows it @throws X509Error */
  readForm(extension: Extension): boolean {
    const read = readerByType.get(extension.type);
    if (read === undefined) return false;
    const place = this.list.indexOf(extension);
    if (this.values[place] === undefined) this.values[place] = this.readValue(extension, read);
    return true;
  }

  private valueBy<T extends keyof ReaderTable>(type: T): ReturnType<ReaderTable[T]> | null {
    const { list } = this;
    for (let place = 0; place < list.length; place++) {
      const extension = list[place];
      if (extension === undefined || extension.type !== type) continue;
      const known = this.values[place] as ReturnType<ReaderTable[T]> | undefined;
      if (known !== undefined) return known;
      const value = this.readValue(extension, readers[type] as (value: DerReader) => ReturnType<ReaderTable[T]>);
      this.values[place] = value;
      return value;
    }
    return null;
  }

  private readValue<V>(extension: Extension, read: (value: DerReader) => V): V {
    const reader = new DerReader(this.bytes, extension.start, extension.end);
    const value = read(reader);
    reader.finish();
    return value;
  }
}

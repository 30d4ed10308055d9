/** The extensions of an object by name, with their content in words where this package reads it and in hexadecimal where not. */
import { accessMethods, anyPolicy, extensionTypes, keyPurposes, showGeneralName, showKeyUsage } from '@sallyport/x509';
import type { ExtensionSet, GeneralName } from '@sallyport/x509';

const types = extensionTypes;
const nameByType = inverted({
  ...types,
  // As RFC 5280 spells them.
  authorityInfoAccess: types.authorityInformationAccess,
  subjectInfoAccess: types.subjectInformationAccess,
});
const purposeNames = inverted(keyPurposes);
const methodNames = inverted(accessMethods);
const policyNames = inverted({
  anyPolicy,
  'extended validation': '2.23.140.1.1',
  'domain validated': '2.23.140.1.2.1',
  'organization validated': '2.23.140.1.2.2',
  'individual validated': '2.23.140.1.2.3',
});
/** ReasonFlags by bit (RFC 5280 §4.2.1.13). */
const reasonNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];

/** The name of a type of extension, as in RFC 5280; null for one that is not known here. */
export function extensionName(type: string): string | null {
  return nameByType.get(type) ?? null;
}

/** @throws X509Error where the content is malformed */
export function extensionContent(type: string, extensions: ExtensionSet): unknown {
  switch (type) {
    case types.keyUsage:
      return showKeyUsage(extensions.keyUsage ?? 0);
    case types.extendedKeyUsage:
      return extensions.extendedKeyUsage?.map((purpose) => purposeNames.get(purpose) ?? purpose);
    case types.basicConstraints:
      return extensions.basicConstraints;
    case types.subjectAltName:
      return names(extensions.subjectAltName);
    case types.issuerAltName:
      return names(extensions.issuerAltName);
    case types.subjectKeyIdentifier:
      return hexadecimal(extensions.subjectKeyIdentifier);
    case types.authorityKeyIdentifier:
      return authorityKey(extensions);
    case types.crlDistributionPoints:
      return points(extensions.crlDistributionPoints);
    case types.freshestCrl:
      return points(extensions.freshestCrl);
    case types.authorityInformationAccess:
      return accesses(extensions.authorityInformationAccess);
    case types.subjectInformationAccess:
      return accesses(extensions.subjectInformationAccess);
    default:
      return constraintContent(type, extensions);
  }
}

function constraintContent(type: string, extensions: ExtensionSet): unknown {
  switch (type) {
    case types.certificatePolicies:
      return extensions.certificatePolicies?.map(policy);
    case types.policyMappings:
      return extensions.policyMappings?.map(
        ({ issuerDomain, subjectDomain }) => `${policy(issuerDomain)} to ${policy(subjectDomain)}`,
      );
    case types.policyConstraints:
      return extensions.policyConstraints;
    case types.inhibitAnyPolicy:
      return extensions.inhibitAnyPolicy;
    case types.nameConstraints: {
      const { permitted = null, excluded = null } = extensions.nameConstraints ?? {};
      return present({ permitted: names(permitted), excluded: names(excluded) });
    }
    case types.tlsFeature:
      return extensions.tlsFeature;
    default:
      return hexadecimal(extensions.valueOf(type));
  }
}

function authorityKey(extensions: ExtensionSet): Readonly<Record<string, unknown>> {
  const { keyIdentifier = null, issuer = null, serialNumber = null } = extensions.authorityKeyIdentifier ?? {};
  return present({
    keyIdentifier: hexadecimal(keyIdentifier),
    issuer: names(issuer),
    serialNumber: hexadecimal(serialNumber),
  });
}

function points(list: ExtensionSet['crlDistributionPoints']): unknown {
  return list?.map(({ name, reasons, crlIssuer }) =>
    present({
      fullName: names(name?.fullName ?? null),
      relativeName: hexadecimal(name?.relativeName ?? null),
      reasons: reasons === null ? null : reasonNames.filter((_, bit) => (reasons & (1 << bit)) !== 0),
      crlIssuer: names(crlIssuer),
    }),
  );
}

function accesses(list: ExtensionSet['authorityInformationAccess']): unknown {
  return list?.map(({ method, location }) => `${methodNames.get(method) ?? method} ${showGeneralName(location)}`);
}

function policy(type: string): string {
  const name = policyNames.get(type);
  return name === undefined ? type : `${type} (${name})`;
}

function names(list: readonly GeneralName[] | null): readonly string[] | null {
  return list?.map(showGeneralName) ?? null;
}

function hexadecimal(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}

/** The fields that are there. */
function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function inverted(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(table).map(([name, type]) => [type, name]));
}

/** What is asked of a certificate besides the five checks; one function for each topic, in the order in which people read. */
import { formatInstant, keyPurposes, keyUsageBits, showKey, X509Error, type Certificate } from '@sallyport/x509';
import { nameFaults, namesDiffer } from './asked-names.ts';
import { day, finding, ownerOf, type IntakeFinding, type IntakeInput } from './intake-finding.ts';

export type IntakeRule = (input: IntakeInput, chain: readonly Certificate[]) => readonly IntakeFinding[];

const leastRsaBits = 2048;
const goodRsaBits = 3072;
/** A certificate with less left is hardly worth the swap. */
const endsSoonDays = 14;
/** The part of the life after which a certificate should have been replaced. */
const lateAfter = 2 / 3;

const keyMatch: IntakeRule = ({ key, kind, forServer }) => {
  if (key === 'matches') return [];
  if (key === 'absent')
    return [
      finding({
        topic: 'key-match',
        code: 'key-absent',
        severity: 'blocks',
        message:
          'There is no key for this certificate: neither in the upload, nor is it the key of an open request. Bring the key too, or the certificate of a request.',
        actor: ownerOf(kind),
      }),
    ];
  return [
    finding({
      topic: 'key-match',
      code: 'key-of-another-certificate',
      severity: 'blocks',
      message: `The key belongs to another certificate${forServer === true ? '' : ': export certificate and key together'}.`,
      actor: ownerOf(kind),
    }),
  ];
};

const purpose: IntakeRule = ({ endEntity, kind, forServer }) => {
  const [wanted, name] =
    forServer === true
      ? [keyPurposes.serverAuth, 'server authentication']
      : [keyPurposes.clientAuth, 'client authentication'];
  const { extendedKeyUsage, keyUsage, basicConstraints } = endEntity.extensions;
  const found: IntakeFinding[] = [];
  if (extendedKeyUsage !== null && !extendedKeyUsage.includes(wanted) && !extendedKeyUsage.includes(keyPurposes.any))
    found.push(
      finding({
        topic: 'purpose',
        code: forServer === true ? 'no-server-auth' : 'no-client-auth',
        severity: 'blocks',
        message: `The certificate is not for ${name} (extendedKeyUsage): the other side would refuse it.`,
        actor: ownerOf(kind),
      }),
    );
  if (keyUsage !== null && (keyUsage & keyUsageBits.digitalSignature) === 0)
    found.push(
      finding({
        topic: 'purpose',
        code: 'no-digital-signature',
        severity: 'blocks',
        message: 'Its key may not sign (keyUsage lacks digitalSignature), which a handshake needs.',
        actor: ownerOf(kind),
      }),
    );
  if (basicConstraints?.ca === true)
    found.push(
      finding({
        topic: 'purpose',
        code: 'is-an-authority',
        severity: 'blocks',
        message: 'It is the certificate of an authority, not one to show.',
        actor: ownerOf(kind),
      }),
    );
  return found;
};

const strength: IntakeRule = ({ endEntity, kind }) => {
  const { kind: keyKind, bits, curve } = endEntity.publicKey;
  const actor = ownerOf(kind);
  const blocks = (message: string): readonly IntakeFinding[] => [
    finding({ topic: 'strength', code: 'key-weak', severity: 'blocks', message, actor }),
  ];
  if (keyKind === 'ec')
    return curve === 'P-256' || curve === 'P-384' ? [] : blocks('An EC key must be on P-256 or P-384.');
  if (keyKind !== 'rsa')
    return blocks(
      `A key of kind ${showKey(endEntity.publicKey)} fits none of the agreed suites: use RSA, P-256 or P-384.`,
    );
  if (bits < leastRsaBits) return blocks(`An RSA key needs ${leastRsaBits} bits; this one has ${bits}.`);
  if (bits >= goodRsaBits) return [];
  return [
    finding({
      topic: 'strength',
      code: 'key-short',
      severity: 'informs',
      message: `An RSA key of ${bits} bits is accepted; take ${goodRsaBits}, or P-256, for the next one.`,
      actor,
    }),
  ];
};

const lifetime: IntakeRule = ({ endEntity, kind, at }, chain) => {
  const actor = ownerOf(kind);
  const found: IntakeFinding[] = [];
  const first = chain.reduce((earliest, one) => (one.notAfter < earliest.notAfter ? one : earliest), endEntity);
  const left = (first.notAfter - at) / day;
  const life = endEntity.notAfter - endEntity.notBefore;
  // Over, or not begun: the five checks tell.
  if (left <= 0 || at < endEntity.notBefore) return [];
  if (first !== endEntity)
    found.push(
      finding({
        topic: 'lifetime',
        code: 'chain-ends-first',
        severity: 'warns',
        message: `${first.subject.toString()} ends at ${formatInstant(first.notAfter)}, before the certificate that it issued.`,
        actor: 'certificate-authority',
        from: formatInstant(first.notAfter),
      }),
    );
  if (left < endsSoonDays)
    found.push(
      finding({
        topic: 'lifetime',
        code: 'ends-soon',
        severity: 'warns',
        message: `It ends at ${formatInstant(first.notAfter)}, in ${Math.floor(left)} days: get the next one now.`,
        actor,
        from: formatInstant(first.notAfter),
      }),
    );
  else if (at > endEntity.notBefore + life * lateAfter)
    found.push(
      finding({
        topic: 'lifetime',
        code: 'late-in-life',
        severity: 'informs',
        message: `Two thirds of its life are over; it ends at ${formatInstant(endEntity.notAfter)}.`,
        actor,
      }),
    );
  return found;
};

const kindAndDomain: IntakeRule = ({ endEntity, kind, domain, forServer, asked }) => {
  if (forServer === true) return [];
  const actor = ownerOf(kind);
  const names = dnsNames(endEntity);
  const found: IntakeFinding[] = [];
  const tell = (code: string, severity: IntakeFinding['severity'], message: string): void =>
    void found.push(finding({ topic: 'kind-and-domain', code, severity, message, actor }));
  const difference = asked == null ? null : namesDiffer(asked, names);
  if (difference !== null)
    tell(
      'names-differ',
      'warns',
      `${difference} Far sides that match by name may refuse it: have the authority issue it as it was asked for.`,
    );
  if (names.length === 0) {
    tell('no-names', 'warns', 'It names no host in subjectAltName: far sides that match by name cannot.');
    return found;
  }
  for (const { code, message } of nameFaults(names, kind, domain)) tell(code, 'blocks', message);
  if (domain === null)
    tell('no-domain-agreed', 'informs', 'No domain was said, so that its names were held against none.');
  return found;
};

const chainCompleteness: IntakeRule = ({ fetchedSha256, fetchFailure = null, kind, policy, anchors }, chain) => {
  const found: IntakeFinding[] = [];
  const fetched = chain.filter(({ sha256 }) => fetchedSha256.includes(sha256));
  if (fetched.length > 0)
    found.push(
      finding({
        topic: 'chain',
        code: 'chain-completed-by-fetch',
        severity: 'informs',
        message: `The upload lacked ${fetched.map(({ subject }) => subject.toString()).join(', ')}; it was fetched from where the certificate names it, and is trusted only as far as the checks say.`,
        actor: null,
      }),
    );
  const last = chain.at(-1);
  const isAnchored =
    last !== undefined && (last.selfIssued || anchors.some(({ subject }) => subject.equals(last.issuer)));
  if (!isAnchored)
    found.push(
      finding({
        topic: 'chain',
        code: 'chain-incomplete',
        severity: policy === 'agreed-private-ca' && anchors.length === 0 ? 'warns' : 'blocks',
        message: `The issuer ${last?.issuer.toString() ?? ''} is missing, and could not be fetched${fetchFailure === null ? '' : ` (${fetchFailure})`}: bring the whole chain.`,
        actor: ownerOf(kind),
      }),
    );
  if (policy === 'agreed-private-ca' && anchors.length === 0)
    found.push(
      finding({
        topic: 'chain',
        code: 'no-agreed-root',
        severity: 'warns',
        message: 'A private CA was said, and no root was given: nothing says that it is the one that both sides mean.',
        actor: 'operator',
      }),
    );
  return found;
};

export const intakeRules: readonly IntakeRule[] = [
  keyMatch,
  purpose,
  strength,
  lifetime,
  kindAndDomain,
  chainCompleteness,
];

/** In lower case; of a certificate whose names cannot be read: none. */
export function dnsNames({ extensions }: Certificate): readonly string[] {
  try {
    return (extensions.subjectAltName ?? []).flatMap((name) => (name.kind === 'dns' ? [name.value.toLowerCase()] : []));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

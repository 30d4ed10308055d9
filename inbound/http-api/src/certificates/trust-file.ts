/** What the far side needs to trust a certificate of ours, as one PEM file that says what is what. */
import { createHash } from 'node:crypto';
import { writePem, type Certificate } from '@sallyport/x509';
import { certificatesIn } from './stored-judgement.ts';

export interface TrustedCertificate {
  readonly name: string;
  readonly chainPem: string;
  /** Of the private authority that was agreed on; null where it is a public one. */
  readonly anchorsPem: string | null;
}

/** By this name it is saved. */
export function trustFileName(name: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'certificate'}.pem`;
}

/** The certificate, its intermediates, and the authority above where we hold it; never a key. */
export function trustFile({ name, chainPem, anchorsPem }: TrustedCertificate): string {
  const [endEntity, ...above] = certificatesIn(chainPem);
  if (endEntity === undefined) return chainPem;
  const last = above.at(-1) ?? endEntity;
  const authority = last.issuer.toString();
  const isComplete = last.subject.toString() === authority;
  const roots = isComplete
    ? []
    : certificatesIn(anchorsPem ?? '').filter(({ subject }) => subject.toString() === authority);
  return [
    `# ${oneLine(name)}`,
    '# Check each fingerprint (SHA-256) against what we told you by another way before you trust it.',
    '',
    ...block('Our client certificate', endEntity),
    ...above.flatMap((one) => block(one.selfIssued ? 'Its authority' : 'Intermediate', one)),
    ...roots.flatMap((one) => block('Its authority', one)),
    ...(isComplete || roots.length > 0
      ? []
      : [
          `# The authority above is not in this file: ${oneLine(authority)}. It is a public one; take it from itself.`,
          '',
        ]),
  ].join('\n');
}

function block(what: string, one: Certificate): string[] {
  const until = new Date(one.notAfter).toISOString();
  return [
    `# ${what}: ${oneLine(one.subject.toString())}`,
    `# SHA-256 ${createHash('sha256').update(one.der).digest('hex')}, valid until ${until}`,
    writePem('CERTIFICATE', one.der),
  ];
}

/** Names are the authority's and people's own: in a comment they must not begin another line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('-----', '- - -');
}

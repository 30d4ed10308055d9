import type { ClientCertificateDetail } from '@sallyport/console-api';
import { CopyButton } from '../../elements/copy-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';

const custodies = {
  'made-inside': 'made inside a connector; the key has never left',
  uploaded: 'uploaded; sealed when it arrived, opened only in connectors',
} as const;

const policies = {
  'public-third-party': 'a public authority',
  'agreed-private-ca': 'a private authority that both sides agreed on',
} as const;

function keyWords({ custody, retirement }: ClientCertificateDetail): string {
  if (retirement === null) return custodies[custody];
  return retirement.keyDestroyedAt === null ? 'held for another certificate' : 'destroyed';
}

/** Names, custody and people, as they are written down. */
export function CertificateFacts({ certificate }: { certificate: ClientCertificateDetail }) {
  const { contacts, revocation } = certificate;
  const person = (one: { readonly name: string; readonly email: string }): string => `${one.name}, ${one.email}`;
  return (
    <Facts
      facts={[
        { term: 'Subject', detail: certificate.subject },
        { term: 'Issuer', detail: certificate.issuer },
        { term: 'Comes from', detail: policies[certificate.policy] },
        ...(certificate.policy === 'public-third-party'
          ? []
          : [
              {
                term: 'Agreed roots',
                detail:
                  certificate.agreedRoots.length === 0
                    ? 'none are written down'
                    : certificate.agreedRoots.map(({ subject }) => subject).join('; '),
              },
            ]),
        { term: 'Private key', detail: keyWords(certificate) },
        ...(certificate.domain === null ? [] : [{ term: 'Domain', detail: certificate.domain }]),
        {
          term: 'Owner',
          detail: contacts === null ? 'nobody is named' : person(contacts.owner),
        },
        ...(contacts?.technical === undefined
          ? []
          : [{ term: 'Technical contact', detail: person(contacts.technical) }]),
        ...(revocation === undefined ? [] : [{ term: 'Revocation', detail: revocation.message }]),
        { term: 'Here since', detail: <Instant at={certificate.addedAt} form="date" /> },
        {
          term: 'Judged',
          detail: certificate.judgedAt === null ? 'not yet' : <Instant at={certificate.judgedAt} />,
        },
        {
          term: 'SHA-256',
          detail: (
            <>
              <code>{certificate.sha256}</code> <CopyButton text={certificate.sha256} label="Copy the fingerprint" />
            </>
          ),
        },
      ]}
    />
  );
}

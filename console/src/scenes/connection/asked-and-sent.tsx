import type { ClientCertificateOutcome, Handshake } from '@sallyport/console-api';
import { Facts, type Fact } from '../../elements/facts.tsx';
import { SuiteName } from '../../elements/suite-name.tsx';
import { instantWords } from '../../words/time.ts';

const outcomeWords: Readonly<Record<ClientCertificateOutcome, string>> = {
  accepted: 'accepted',
  refused: 'refused',
  'not-requested': 'did not ask for one',
  unknown: 'cannot be told',
};

/** The handshake in words: what the far side asked, when ours left, and how it answered. */
export function AskedAndSent({ handshake }: { handshake: Handshake }) {
  return <Facts facts={handshakeFacts(handshake)} />;
}

function handshakeFacts(handshake: Handshake): readonly Fact[] {
  const { clientCertificate, tls, verdict } = handshake;
  const issuers = clientCertificate.acceptedIssuers.length;
  const facts: Fact[] = [
    {
      term: 'Client certificate asked for',
      detail: clientCertificate.requested
        ? issuers === 0
          ? 'yes, from any authority'
          : `yes, from ${issuers === 1 ? 'one accepted authority' : `${issuers} accepted authorities`}`
        : 'no',
    },
    {
      term: 'Judged before ours left',
      detail: (
        <>
          <strong>{verdict === 'none' ? 'nothing left' : 'yes'}</strong>
          {handshake.heldMilliseconds === null
            ? ''
            : `, their first flight was held ${handshake.heldMilliseconds.toFixed(1)} ms`}
        </>
      ),
    },
    {
      term: 'Sent',
      detail: clientCertificate.sent
        ? (handshake.clientCertificateName ?? 'our client certificate')
        : 'no certificate of ours',
    },
  ];
  // Where we closed before anything of ours left, the far side was asked nothing that it could answer.
  if (handshake.clientCertificateOutcome !== null && verdict === 'accepted') {
    facts.push({ term: 'Far side', detail: farSideWords(handshake) });
  }
  if (tls !== null) {
    facts.push({
      term: 'Negotiated',
      detail: (
        <>
          {tls.protocol}, <SuiteName suite={tls.suite} />
        </>
      ),
    });
    if (tls.keyExchange !== null) facts.push({ term: 'Key exchange', detail: tls.keyExchange });
  }
  facts.push(
    {
      term: 'Addresses',
      detail: `${handshake.sourceAddress ?? 'our side'} → ${handshake.address ?? handshake.host}:${handshake.port}`,
    },
    { term: 'At', detail: instantWords(handshake.at) },
    {
      term: 'Under',
      detail: `policy ${handshake.policy}${handshake.termsVersion === null ? '' : `, terms ${handshake.termsVersion}`}`,
    },
  );
  return facts;
}

function farSideWords(handshake: Handshake): string {
  const outcome = handshake.clientCertificateOutcome ?? 'unknown';
  const words = outcomeWords[outcome];
  return handshake.httpStatus === null ? words : `${words}, answered HTTP ${handshake.httpStatus}`;
}

/** From what is stored of a certificate to its record. */
import type { CertificateRecord, ClientCertificateDetail } from '@sallyport/console-api';
import type { StoredCertificateRecord } from '@sallyport/store';
import { deedOf, recordedActor } from './deeds.ts';
import { recordedSwap } from './recorded-swap.ts';

/** What auditors look for and nobody wrote down: said, so that its absence is not taken for an oversight of theirs. */
const notRecorded: CertificateRecord['notRecorded'] = [
  {
    what: 'Notices sent and acknowledged',
    why: 'Sallyport sends none yet. The announcement of a swap is handed out by its page; who received it is not known here.',
  },
  {
    what: 'Who at the customer said so',
    why: 'People of the customer do not sign in yet: their word and their approval are written down by whoever is signed in, who stands beside them.',
  },
  {
    what: 'Connections closed by a swap',
    why: 'Requests under way end on the connections that they have, and idle ones are closed; how many there were is not kept by swap.',
  },
];

/** @param actor for whom it is made @param now epoch milliseconds */
export function shownRecord(
  certificate: ClientCertificateDetail,
  stored: StoredCertificateRecord,
  actor: string,
  now: number,
): CertificateRecord {
  const { actors, auditEvents, request } = stored;
  const { retirement } = certificate;
  return {
    madeAt: new Date(now).toISOString(),
    madeFor: recordedActor(actors, actor),
    id: certificate.id,
    name: certificate.name,
    kind: certificate.kind,
    domain: certificate.domain,
    customerName: certificate.customerName,
    contacts: certificate.contacts,
    policy: certificate.policy,
    chain: certificate.chain,
    fetchedSha256: certificate.fetchedSha256,
    custody: {
      kind: certificate.custody,
      sealedTo: stored.keyPlaces.map((place) => ({ ...place, connectors: [...place.connectors] })),
    },
    requested:
      request === null ? null : { ...deedOf(actors, request.requestedBy, request.requestedAt), requestId: request.id },
    uploaded: stored.uploads.map(({ id, state, uploadedBy, uploadedAt }) => ({
      ...deedOf(actors, uploadedBy, uploadedAt),
      uploadId: id,
      state,
    })),
    addedAt: certificate.addedAt,
    judgedAt: certificate.judgedAt,
    checks: certificate.checks,
    findings: certificate.findings,
    ...(certificate.revocation === undefined ? {} : { revocation: certificate.revocation }),
    revocationSources: stored.sources.map(({ thisUpdate, nextUpdate, fetchedAt, ...source }) => ({
      ...source,
      thisUpdate: thisUpdate?.toISOString() ?? null,
      nextUpdate: nextUpdate?.toISOString() ?? null,
      fetchedAt: fetchedAt?.toISOString() ?? null,
      ageSeconds: thisUpdate === null ? null : Math.round((now - thisUpdate.getTime()) / 1000),
    })),
    usages: certificate.usages,
    swaps: stored.swaps.map((swap) => recordedSwap(swap, certificate.id, stored)),
    swapsLeftOut: stored.swapsLeftOut,
    retired:
      retirement === null
        ? null
        : {
            ...deedOf(actors, retirement.retiredBy, Date.parse(retirement.retiredAt)),
            reason: retirement.reason,
            keyDestroyedAt: retirement.keyDestroyedAt,
          },
    events: auditEvents.map(({ id, at, action, subject, sequence, actor: by }) => ({
      id,
      at,
      action,
      subject,
      sequence,
      by: recordedActor(actors, by),
    })),
    eventsLeftOut: stored.auditEventsLeftOut,
    notRecorded,
  };
}

import { useClientCertificates } from '../../api/client-certificates.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { useNow } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { commonName } from '../../words/distinguished-name.ts';
import { dateWords, daysLeftWords, daysUntil, expiryTone } from '../../words/time.ts';

/** The certificates with which we show who we are: read-only; what ends first stands first. */
export function ClientCertificatesPage() {
  const certificates = useClientCertificates();
  const now = useNow(60_000);
  return (
    <>
      <PageHeading title="Client certificates">
        With these we show customers’ enforcers who we are. Their private keys are sealed; only connectors can open
        them.
      </PageHeading>
      <LiveLoader query={certificates} what="the client certificates">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No client certificate yet.">
              A connection goes with a client certificate unless a reason says otherwise. The sandbox brings three of
              its own; add yours on the machine of the database:{' '}
              <code>
                ./sallyport db add-client-certificate --certificate FILE --key FILE --kind operator-named --default
              </code>
            </EmptyState>
          ) : (
            <Panel title="Known here, what ends first above">
              <FactTable
                caption="Client certificates"
                columns={['Name', 'Kind', 'Left', 'Valid', 'Issuer', 'Owner']}
                rows={list
                  .toSorted((one, other) => one.notAfter.localeCompare(other.notAfter))
                  .map((certificate) => {
                    const days = daysUntil(certificate.notAfter, now);
                    return {
                      id: certificate.id,
                      cells: [
                        certificate.isDefault ? (
                          <>
                            {certificate.name} <Pill tone="info">default for new connections</Pill>
                          </>
                        ) : (
                          certificate.name
                        ),
                        certificateKindWords(certificate.kind),
                        <Pill key="left" tone={expiryTone(certificate, now)}>
                          {daysLeftWords(days)}
                        </Pill>,
                        `${dateWords(certificate.notBefore)} to ${dateWords(certificate.notAfter)}`,
                        <span key="issuer" title={certificate.issuer}>
                          {commonName(certificate.issuer)}
                        </span>,
                        certificate.customerName ?? 'us, the operator',
                      ],
                    };
                  })}
              />
            </Panel>
          )
        }
      </LiveLoader>
    </>
  );
}

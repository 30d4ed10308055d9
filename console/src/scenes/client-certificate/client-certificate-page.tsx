import type { ClientCertificateDetail } from '@sallyport/console-api';
import { useParams } from 'react-router';
import { useClientCertificate } from '../../api/client-certificates.ts';
import { useSwaps } from '../../api/swaps.ts';
import { useNow } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { lifeLeftWords } from '../../words/time.ts';
import { expiryAxis } from '../client-certificates/expiry-axis.ts';
import { lookOf } from '../client-certificates/look-of.ts';
import { AxisLabels, ValidityBar } from '../client-certificates/validity-bar.tsx';
import { RenewLink } from '../certificate-intake/renew-link.tsx';
import { AuditHistory } from './audit-history.tsx';
import { CertificateRetirement } from './certificate-retirement.tsx';
import { CertificateSwaps } from './certificate-swaps.tsx';
import { DescribedCertificate } from './described-certificate.tsx';
import { CertificateUsages } from './certificate-usages.tsx';
import { CertificateVerdict } from './certificate-verdict.tsx';
import { laterRevocation } from './later-revocation.ts';
import { FindingList } from './finding-list.tsx';
import { ProposeRolloutLink } from '../new-rollout/propose-rollout-link.tsx';
import { ProposeSwap } from './propose-swap.tsx';
import { NewConnections } from './new-connections.tsx';
import { OurChain } from './our-chain.tsx';
import { OurChecks } from './our-checks.tsx';
import { OwnRecords } from './own-records.tsx';

/** One client certificate: whether it is all right, its chain, what was found, who uses it, and what to take away. */
export function ClientCertificatePage() {
  const { certificateId = '' } = useParams();
  const certificate = useClientCertificate(certificateId);
  return (
    <LiveLoader query={certificate} what="the certificate">
      {(found) => <Parts certificate={found} />}
    </LiveLoader>
  );
}

function Parts({ certificate }: { certificate: ClientCertificateDetail }) {
  const now = useNow(60_000);
  const swaps = useSwaps({ certificateId: certificate.id }).data ?? [];
  const { tone } = lookOf(certificate, swaps, now);
  const axis = expiryAxis([Date.parse(certificate.notAfter)], now);
  const forecast = certificate.findings.filter(({ topic }) => topic === 'acceptance-forecast');
  const found = certificate.findings.filter(({ topic }) => topic !== 'acceptance-forecast');
  return (
    <>
      <PageHeading
        title={certificate.name}
        actions={
          <>
            <RenewLink certificate={certificate} />
            <ProposeRolloutLink certificate={certificate} />
          </>
        }
        pill={
          certificate.retirement === null ? (
            <>
              <Pill tone={tone}>{lifeLeftWords(certificate.notAfter, now)}</Pill>
              {certificate.isDefault ? <Pill tone="info">default for new connections</Pill> : null}
            </>
          ) : (
            <Pill tone="idle">retired</Pill>
          )
        }
      >
        Client certificate, {certificateKindWords(certificate.kind)}:{' '}
        {certificate.customerName ?? 'ours, the operator’s'}
      </PageHeading>
      <CertificateVerdict certificate={certificate} />
      <Panel title="Its life">
        <AxisLabels axis={axis} now={now} />
        <ValidityBar certificate={certificate} axis={axis} now={now} tone={tone} />
      </Panel>
      <Panel title="Its chain">
        <OurChain certificate={certificate} />
      </Panel>
      {certificate.checks === null ? null : (
        <Panel title="The five checks, on our own certificate">
          <OurChecks checks={certificate.checks} later={laterRevocation(certificate)} />
        </Panel>
      )}
      {certificate.judgedAt === null ? null : (
        <>
          <Panel title="What was found">
            <FindingList findings={found} none="Nothing stands against it." />
          </Panel>
          <Panel title="Will it go on being accepted?">
            <FindingList findings={forecast} none="No announced change of an authority or browser touches it." />
          </Panel>
        </>
      )}
      <Panel title="Who uses it">
        <NewConnections certificate={certificate} />
        <CertificateUsages usages={certificate.usages} />
      </Panel>
      <CertificateSwaps certificate={certificate} />
      {certificate.retirement === null ? <ProposeSwap certificate={certificate} /> : null}
      <DescribedCertificate certificate={certificate} />
      <OwnRecords certificate={certificate} />
      <Panel title="History">
        <AuditHistory
          of={{ certificateId: certificate.id }}
          caption="History of this certificate"
          here={`client-certificate:${certificate.id}`}
          none="No event of the audit trail names it."
        />
      </Panel>
      {certificate.retirement === null ? <CertificateRetirement certificate={certificate} /> : null}
    </>
  );
}

import type { CertificateRequest } from '@sallyport/console-api';
import { Link, useParams } from 'react-router';
import { useCertificateRequest } from '../../api/certificate-intake.ts';
import { DownloadButton } from '../../elements/download-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { FindingList } from '../client-certificate/finding-list.tsx';
import { AfterTaken } from './after-taken.tsx';
import { GiveBack } from './give-back.tsx';
import { GiveUpRequest } from './give-up-request.tsx';
import { RequestFacts } from './request-facts.tsx';
import { RequestSteps } from './request-steps.tsx';

/** A request on its way: key made, taken to the authority, its certificate given back. */
export function CertificateRequestPage() {
  const { requestId = '' } = useParams();
  const found = useCertificateRequest(requestId);
  return (
    <LiveLoader query={found} what="the request">
      {(asked) => <Parts asked={asked} />}
    </LiveLoader>
  );
}

function Parts({ asked }: { asked: CertificateRequest }) {
  return (
    <>
      <PageHeading title={`Request: ${asked.name}`}>
        {certificateKindWords(asked.kind)}, {asked.customerName ?? 'ours'}; asked for <Instant at={asked.requestedAt} />
      </PageHeading>
      <RequestSteps state={asked.state} />
      <State asked={asked} />
      {asked.findings.length === 0 ? null : (
        <Panel title="What was found">
          <FindingList findings={asked.findings} none="" />
        </Panel>
      )}
      {asked.requestPem === null || asked.state === 'withdrawn' ? null : (
        <Panel title={asked.state === 'open' ? '1. Take this to the authority' : 'The request, as it was made'}>
          <TextBlock
            title="PKCS#10 request"
            what="the request"
            text={asked.requestPem}
            actions={<DownloadButton fileName="request.csr" text={asked.requestPem} label="Download the request" />}
          />
        </Panel>
      )}
      {asked.state === 'open' ? <GiveBack id={asked.id} /> : null}
      <RequestFacts asked={asked} />
      <Panel title="What it asks for">
        <Facts
          facts={[
            { term: 'Common name', detail: asked.commonName },
            { term: 'DNS names', detail: asked.dnsNames.length === 0 ? 'none' : asked.dnsNames.join(', ') },
            ...(asked.organization === null ? [] : [{ term: 'Organisation', detail: asked.organization }]),
            { term: 'Key', detail: { p256: 'P-256', p384: 'P-384', rsa3072: 'RSA, 3072 bits' }[asked.keyType] },
          ]}
        />
      </Panel>
      {asked.state === 'open' || asked.state === 'making-key' ? <GiveUpRequest asked={asked} /> : null}
    </>
  );
}

function State({ asked }: { asked: CertificateRequest }) {
  switch (asked.state) {
    case 'making-key':
      return <Notice tone="idle" title="A connector is making the key." role="status" />;
    case 'open':
      return (
        <Notice tone="info" title="The key is made. The authority’s certificate is waited for.">
          <p>We, the operator, take the request to the authority and give its certificate back here.</p>
        </Notice>
      );
    case 'fulfilled':
      return (
        <Notice tone="ok" title="Its certificate is here.">
          <AfterTaken certificateId={asked.certificateId} />
        </Notice>
      );
    case 'key-destroyed':
      return (
        <Notice tone="idle" title="Its certificate was retired, and its key destroyed.">
          {asked.certificateId === null ? null : (
            <p>
              <Link to={`/client-certificates/${asked.certificateId}`}>See the certificate</Link>
            </p>
          )}
        </Notice>
      );
    case 'withdrawn':
      return (
        <Notice tone="idle" title="It was given up, and its key is destroyed." role="status">
          {asked.withdrawnReason === null ? null : <p>Why: {asked.withdrawnReason}</p>}
          <p>A certificate that the authority still makes of it can be used by nobody.</p>
          <p>
            <Link to="/client-certificates/new">Ask for another certificate</Link>
          </p>
        </Notice>
      );
    default:
      return <Notice tone="bad" title="Its key could not be made. We, the operator, must ask again." />;
  }
}

import type { CertificateRequest } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import {
  useCertificateRequest,
  useGiveBackCertificate,
  useWithdrawRequest,
  type UploadedFiles,
} from '../../api/certificate-intake.ts';
import { DownloadButton } from '../../elements/download-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { FindingList } from '../client-certificate/finding-list.tsx';
import { FilePicker } from './file-picker.tsx';
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
      {asked.requestPem === null ? null : (
        <Panel title="1. Take this to the authority">
          <TextBlock
            title="PKCS#10 request"
            what="the request"
            text={asked.requestPem}
            actions={<DownloadButton fileName="request.csr" text={asked.requestPem} label="Download the request" />}
          />
        </Panel>
      )}
      {asked.state === 'open' ? <GiveBack id={asked.id} /> : null}
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
          {asked.certificateId === null ? null : (
            <p>
              <Link to={`/client-certificates/${asked.certificateId}`}>See the certificate</Link>
            </p>
          )}
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
      return <Notice tone="idle" title="It was given up." />;
    default:
      return <Notice tone="bad" title="Its key could not be made. We, the operator, must ask again." />;
  }
}

function GiveBack({ id }: { id: string }) {
  const [files, setFiles] = useState<UploadedFiles>([]);
  const giveBack = useGiveBackCertificate(id);
  const withdraw = useWithdrawRequest(id);
  const navigate = useNavigate();
  return (
    <Panel
      title="2. Give back what the authority made of it"
      aside={
        <Button variant="default" size="compact-md" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
          Give the request up
        </Button>
      }
    >
      <FilePicker
        label="Certificate and chain"
        description="In any order and form: PEM, DER or PKCS#7. No key."
        files={files}
        onChange={setFiles}
      />
      <p>
        <Button
          mt="sm"
          disabled={files.length === 0 || giveBack.isPending}
          aria-busy={giveBack.isPending}
          onClick={() =>
            giveBack.mutate(files, {
              onSuccess: (upload) => void navigate(`/client-certificates/uploads/${upload.id}`),
            })
          }
        >
          Give it back and judge it
        </Button>
      </p>
      {giveBack.isError ? <ProblemNotice problem={giveBack.error} /> : null}
      {withdraw.isError ? <ProblemNotice problem={withdraw.error} /> : null}
    </Panel>
  );
}

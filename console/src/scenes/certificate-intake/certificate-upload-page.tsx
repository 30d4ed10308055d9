import type { CertificateUpload } from '@sallyport/console-api';
import { Link, useParams } from 'react-router';
import { useCertificateUpload } from '../../api/certificate-intake.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { FindingList } from '../client-certificate/finding-list.tsx';
import { OurChecks } from '../client-certificate/our-checks.tsx';
import { AfterTaken } from './after-taken.tsx';
import { correctionAddress, factsToCorrect, factWords } from './fact-to-correct.ts';
import { WaitingUpload } from './waiting-upload.tsx';

/** What became of an upload: waiting, taken, or refused with who must act. */
export function CertificateUploadPage() {
  const { uploadId = '' } = useParams();
  const upload = useCertificateUpload(uploadId);
  return (
    <>
      <PageHeading title="Upload of a client certificate" />
      <LiveLoader query={upload} what="the upload">
        {(found) => (
          <>
            <Outcome upload={found} />
            {found.state === 'waiting' || found.state === 'cancelled' ? null : (
              <Panel title="What was found">
                <FindingList findings={found.findings} none="Nothing stands against it." />
              </Panel>
            )}
            {found.checks === null ? null : (
              <Panel title="The five checks">
                <OurChecks checks={found.checks} />
              </Panel>
            )}
            {found.strangers.length === 0 ? null : (
              <Panel title="Left out: certificates of another chain">
                <ul>
                  {found.strangers.map((subject) => (
                    <li key={subject}>{commonName(subject)}</li>
                  ))}
                </ul>
              </Panel>
            )}
            <Panel title="Files">
              <ul>
                {found.files.map(({ name, bytes }, index) => (
                  <li key={`${name} ${index}`}>
                    {name === '' ? 'without a name' : name}, {bytes.toLocaleString('en-GB')} bytes
                  </li>
                ))}
              </ul>
            </Panel>
          </>
        )}
      </LiveLoader>
    </>
  );
}

function Outcome({ upload }: { upload: CertificateUpload }) {
  if (upload.state === 'waiting') return <WaitingUpload upload={upload} />;
  if (upload.state === 'cancelled') {
    return (
      <Notice tone="idle" title="It was called back before a connector opened it." role="status">
        <p>Nothing of it is kept.</p>
        <BackToFiles upload={upload} />
      </Notice>
    );
  }
  if (upload.state === 'taken') {
    return (
      <Notice tone="ok" title="It was taken." role="status">
        <AfterTaken certificateId={upload.certificateId} />
      </Notice>
    );
  }
  if (upload.certificateId !== null) {
    return (
      <Notice
        tone="idle"
        title={
          upload.findings.some(({ code }) => code === 'certificate-retired')
            ? 'It was here, and was retired: it is not taken again.'
            : 'It is here already; nothing was changed.'
        }
        role="status"
      >
        <p>
          <Link to={`/client-certificates/${upload.certificateId}`}>See the one that is there</Link>
        </p>
        <BackToFiles upload={upload} />
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title="It was not taken." role="alert">
      <p>Why, and who must act, stands below. Nothing of it is kept for use.</p>
      <WordsToCorrect upload={upload} />
      <BackToFiles upload={upload} />
    </Notice>
  );
}

/** Of a request: which of its facts may be what is wrong, each with the way to correct it. */
function WordsToCorrect({ upload }: { upload: CertificateUpload }) {
  const { requestId, policy } = upload;
  if (requestId === null) return null;
  return factsToCorrect(upload).map((fact) => (
    <p key={fact}>
      <Link to={correctionAddress(requestId, fact)}>{factWords(fact, policy)}</Link>, then give the certificate back
      again.
    </p>
  ));
}

function BackToFiles({ upload: { id, requestId } }: { upload: CertificateUpload }) {
  return (
    <p>
      {requestId === null ? (
        <Link to={`/client-certificates/new?again=${id}`}>Try with other files: what you said is kept</Link>
      ) : (
        <Link to={`/client-certificates/requests/${requestId}`}>Back to the request: it stays open</Link>
      )}
    </p>
  );
}

import { useSearchParams } from 'react-router';
import { useCertificateUpload } from '../../api/certificate-intake.ts';
import { useClientCertificate } from '../../api/client-certificates.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { emptyIntake } from './intake-draft.ts';
import { IntakeForm } from './intake-form.tsx';
import { draftOfRenewal, draftOfUpload } from './intake-start.ts';

/** A certificate to come: begun empty, as the renewal of one that is there, or as another try with other files. */
export function NewCertificatePage() {
  const [parameters] = useSearchParams();
  const [renewed, again] = [parameters.get('renews'), parameters.get('again')];
  return (
    <>
      <PageHeading title={renewed === null ? 'New client certificate' : 'Renew a client certificate'}>
        Connectors make or open the key and judge what comes; the web tier can seal it, never open it.
      </PageHeading>
      {renewed !== null ? (
        <Renewal key={renewed} id={renewed} />
      ) : again !== null ? (
        <AnotherTry key={again} id={again} />
      ) : (
        <IntakeForm key="new" start={emptyIntake} />
      )}
    </>
  );
}

function Renewal({ id }: { id: string }) {
  const present = useClientCertificate(id);
  return (
    <LiveLoader query={present} what="the certificate">
      {(certificate) => (
        <>
          <Notice tone="info" title={`It begins with what is known of ${certificate.name}.`}>
            <p>
              A new key, the same names, owner and authority: change what is to be another. The present certificate
              stays as it is until connections are swapped over.
            </p>
          </Notice>
          <IntakeForm start={draftOfRenewal(certificate, Date.now())} />
        </>
      )}
    </LiveLoader>
  );
}

function AnotherTry({ id }: { id: string }) {
  const before = useCertificateUpload(id);
  return (
    <LiveLoader query={before} what="the upload before">
      {(upload) => (
        <>
          <Notice tone="info" title="What you said is kept. Choose the files again, and type the password.">
            <p>Neither files nor password of the try before were kept. What was said wrongly can be changed, too.</p>
          </Notice>
          <IntakeForm start={draftOfUpload(upload)} />
        </>
      )}
    </LiveLoader>
  );
}

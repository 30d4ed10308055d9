import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../elements/panel.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { DescribeCertificate } from './describe-certificate.tsx';

/** What is written down of a certificate, and the change of what people wrote. */
export function DescribedCertificate({ certificate }: { certificate: ClientCertificateDetail }) {
  const [isEdited, setEdited] = useState(false);
  return (
    <Panel
      title="What is written down"
      aside={
        isEdited ? undefined : (
          <Button variant="default" size="compact-md" onClick={() => setEdited(true)}>
            Change name or contacts
          </Button>
        )
      }
    >
      {isEdited ? (
        <DescribeCertificate certificate={certificate} onDone={() => setEdited(false)} />
      ) : (
        <CertificateFacts certificate={certificate} />
      )}
    </Panel>
  );
}

import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../../elements/panel.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import { CorrectCertificate } from './correct-certificate.tsx';
import { CorrectionState } from './correction-state.tsx';
import { DescribeCertificate } from './describe-certificate.tsx';
import styles from './described-certificate.module.css';

/** What is written down of a certificate, the change of what people call it, and the correction of what it is judged by. */
export function DescribedCertificate({ certificate }: { certificate: ClientCertificateDetail }) {
  const [edited, setEdited] = useState<'nothing' | 'description' | 'facts'>('nothing');
  const done = (): void => setEdited('nothing');
  return (
    <Panel
      title="What is written down"
      aside={
        edited !== 'nothing' ? undefined : (
          <span className={styles.buttons}>
            <Button variant="default" size="compact-md" onClick={() => setEdited('description')}>
              Change name or contacts
            </Button>
            {certificate.retirement === null ? (
              <Button variant="default" size="compact-md" onClick={() => setEdited('facts')}>
                Correct what it is judged by
              </Button>
            ) : null}
          </span>
        )
      }
    >
      {edited === 'nothing' ? (
        <div className={styles.parts}>
          <CorrectionState correction={certificate.correction} />
          <CertificateFacts certificate={certificate} />
        </div>
      ) : edited === 'description' ? (
        <DescribeCertificate certificate={certificate} onDone={done} />
      ) : (
        <CorrectCertificate certificate={certificate} onDone={done} />
      )}
    </Panel>
  );
}

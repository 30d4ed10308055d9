import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useRetireCertificate } from '../../api/client-certificates.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { RetirementObstacles } from './retirement-obstacles.tsx';
import styles from './certificate-retirement.module.css';

/** Ends the certificate for good, with a reason and after a second word: its private key is destroyed. */
export function CertificateRetirement({ certificate }: { certificate: ClientCertificateDetail }) {
  const retire = useRetireCertificate(certificate.id);
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const isMissing = reason.trim() === '';
  const others = certificate.sameKey.map(({ name }) => name).join(', ');
  return (
    <Panel title="End of this certificate">
      <p>Retired, it is never presented again. What is on record of it is kept.</p>
      {asked ? (
        <div className={styles.ask}>
          <Notice tone="warn" title={`Retire ${certificate.name} for good?`}>
            <p>
              {others === ''
                ? 'Its private key is destroyed, with every sealed copy of it. This cannot be taken back: only a backup from before has it still, sealed.'
                : `Its private key stays as long as ${others} has the same one; then it is destroyed. This cannot be taken back.`}
            </p>
            <Textarea
              label="Reason"
              description="Kept with its record."
              autosize={false}
              rows={2}
              maxLength={1000}
              autoFocus
              error={tried && isMissing ? 'Say why, in a sentence.' : undefined}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <span className={styles.buttons}>
              <ActionButton
                variant="filled"
                busyWord="Retiring"
                busy={retire.isPending}
                onClick={() => {
                  setTried(true);
                  if (isMissing) announce('Say why, in a sentence.');
                  else
                    retire.mutate(reason.trim(), {
                      onSuccess: ({ retirement }) =>
                        announce(
                          retirement?.keyDestroyedAt === null ? 'Retired.' : 'Retired. Its private key is destroyed.',
                        ),
                    });
                }}
              >
                Yes, retire it
              </ActionButton>
              <Button
                variant="default"
                disabled={retire.isPending}
                onClick={() => {
                  setAsked(false);
                  retire.reset();
                }}
              >
                Keep it
              </Button>
            </span>
          </Notice>
        </div>
      ) : (
        <Button className={styles.ask} variant="default" onClick={() => setAsked(true)}>
          Retire this certificate
        </Button>
      )}
      {retire.isError ? (
        <div className={styles.refused}>
          <RetirementObstacles problem={retire.error} />
        </div>
      ) : null}
    </Panel>
  );
}

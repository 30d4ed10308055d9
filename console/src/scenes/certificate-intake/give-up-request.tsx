import type { CertificateRequest } from '@sallyport/console-api';
import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useWithdrawRequest } from '../../api/certificate-intake.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './certificate-request.module.css';

/** Ends a request for good, with a reason and after a second word: its key is destroyed, and what the authority makes of it is worth nothing. */
export function GiveUpRequest({ asked: { id, name } }: { asked: CertificateRequest }) {
  const withdraw = useWithdrawRequest(id);
  const announce = useAnnounce();
  const [isAsked, setAsked] = useState(false);
  // Then the button that asked has the focus again.
  const [wasKept, setKept] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const isMissing = reason.trim() === '';
  const yes = (): void => {
    setTried(true);
    if (isMissing) {
      announce('Say why, in a sentence.');
      field.current?.focus();
      return;
    }
    withdraw.mutate(reason.trim(), {
      onSuccess: () => {
        announce('Given up. Its private key is destroyed.');
        // What had the focus goes with the request's end.
        document.querySelector<HTMLElement>('h1')?.focus();
      },
    });
  };
  return (
    <Panel title="End of this request">
      <div className={styles.parts}>
        <p>What was said wrongly needs no new request: correct it above, and the key stays.</p>
        {isAsked ? (
          <Notice tone="warn" title={`Give ${name} up for good?`}>
            <p>
              Its private key is destroyed. A certificate that the authority makes of this request, ordered or paid for
              already, becomes worthless. This cannot be taken back.
            </p>
            <Textarea
              ref={field}
              mt="sm"
              label="Reason"
              description="Kept with the request and in the audit trail."
              autosize={false}
              rows={2}
              maxLength={1000}
              autoFocus
              error={tried && isMissing ? 'Say why, in a sentence.' : undefined}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <span className={styles.buttons}>
              <ActionButton variant="filled" busyWord="Giving up" busy={withdraw.isPending} onClick={yes}>
                Yes, destroy the key
              </ActionButton>
              <Button
                variant="default"
                disabled={withdraw.isPending}
                onClick={() => {
                  setKept(true);
                  setAsked(false);
                  withdraw.reset();
                }}
              >
                Keep it
              </Button>
            </span>
          </Notice>
        ) : (
          <div>
            <Button variant="default" autoFocus={wasKept} onClick={() => setAsked(true)}>
              Give the request up
            </Button>
          </div>
        )}
        {withdraw.isError ? <ProblemNotice problem={withdraw.error} /> : null}
      </div>
    </Panel>
  );
}

import type { CertificateUpload } from '@sallyport/console-api';
import { useCancelUpload } from '../../api/certificate-intake.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';

/** An upload that no connector has opened yet: for whom it waits, until when, and the way to call it back. */
export function WaitingUpload({ upload }: { upload: CertificateUpload }) {
  const cancel = useCancelUpload(upload.id);
  const announce = useAnnounce();
  const button = (
    <ActionButton
      busyWord="Calling back"
      busy={cancel.isPending}
      onClick={() => cancel.mutate(undefined, { onSuccess: () => announce('The upload was called back.') })}
    >
      Call it back
    </ActionButton>
  );
  return (
    <>
      {upload.openers === 0 ? (
        <Notice tone="warn" title="No connector that can open it runs." role="status" action={button}>
          <p>
            It is sealed for a connector that is away. We, the operator, must act: start that connector again. If it is
            still away three minutes after the upload, another connector refuses it, and it has to be uploaded again.
          </p>
        </Notice>
      ) : (
        <Notice tone="idle" title="A connector will open it in a moment." role="status" action={button}>
          <p>It is sealed; nothing in the web tier can read it.</p>
        </Notice>
      )}
      {cancel.isError ? <ProblemNotice problem={cancel.error} /> : null}
    </>
  );
}

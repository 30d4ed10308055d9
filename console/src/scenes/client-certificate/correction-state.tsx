import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { FindingList } from './finding-list.tsx';

/** A correction that waits for a connector, or that would have blocked the certificate and was not made. */
export function CorrectionState({ correction }: { correction: ClientCertificateDetail['correction'] }) {
  if (correction === null) return null;
  if (correction.state === 'waiting')
    return (
      <Notice
        tone="idle"
        title="A correction waits: a connector judges the certificate by it in a moment."
        role="status"
      >
        <p>
          Asked for <Instant at={correction.askedAt} />. Until then all stays as it is.
        </p>
      </Notice>
    );
  return (
    <Notice tone="warn" title="The last correction was not made: it would have blocked the certificate." role="status">
      <p>What was written down stays. This was found:</p>
      <FindingList findings={correction.findings} none="Its chain could not be read." />
    </Notice>
  );
}

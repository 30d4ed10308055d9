import type { ClientCertificateDetail } from '@sallyport/console-api';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { commonName } from '../../words/distinguished-name.ts';
import { PresentedChain } from '../connection/presented-chain.tsx';

const roles = {
  'end-entity': 'our certificate, which we send',
  intermediate: 'intermediate, which we send with it',
  anchor: 'trust anchor, which the far side must have',
} as const;

/** The chain as a tree, and which of it a connector had to fetch. */
export function OurChain({ certificate }: { certificate: ClientCertificateDetail }) {
  const now = useNow(60_000);
  const fetched = certificate.chain.filter(({ sha256 }) => certificate.fetchedSha256.includes(sha256));
  if (certificate.chain.length === 0) return <p>It is drawn when a connector has judged the certificate.</p>;
  return (
    <>
      {fetched.length === 0 ? null : (
        <Notice tone="info" title="Some of it was not in what was brought here.">
          <p>
            A connector fetched {fetched.map(({ subject }) => commonName(subject)).join(', ')} from the address that the
            certificate names. It counts only as far as the checks accept it.
          </p>
        </Notice>
      )}
      <PresentedChain path={certificate.chain} at={new Date(now).toISOString()} roles={roles} />
    </>
  );
}

import { useSealKeys, useServerCertificates } from '../../api/custody.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { SealKeys } from './seal-keys.tsx';
import { ServerCertificateParts } from './server-certificate-parts.tsx';

/** To which keys all secrets are sealed and who can open them, and the certificate that this console itself shows. */
export function CustodyPage() {
  const keys = useSealKeys();
  const certificates = useServerCertificates();
  return (
    <>
      <PageHeading title="Keys and own certificate">
        Every secret is sealed to a public key of the connectors before it is stored. The web tier can seal and cannot
        open; the private halves lie in files of the connectors, and in no database and no backup.
      </PageHeading>
      <LiveLoader query={keys} what="the connectors’ keys">
        {(list) => <SealKeys keys={list} />}
      </LiveLoader>
      <LiveLoader query={certificates} what="our own certificate">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No certificate was noted yet.">
              The web tier says which certificate it shows within seconds of its start. If this stays empty, its log
              says why.
            </EmptyState>
          ) : (
            list.map((one) => <ServerCertificateParts certificate={one} key={one.sha256} />)
          )
        }
      </LiveLoader>
    </>
  );
}

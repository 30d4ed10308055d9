import { useCertificateExport } from '../../api/client-certificates.ts';
import { DownloadButton } from '../../elements/download-button.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { TextBlock } from '../../elements/text-block.tsx';

/** What the customer may keep: certificate, chain and request; the key is in none of them. */
export function OwnRecords({ id }: { id: string }) {
  const records = useCertificateExport(id);
  return (
    <Panel title="For your own records">
      <LiveLoader query={records} what="the export">
        {({ fileName, certificatePem, chainPem, requestPem }) => (
          <TextBlock
            title={fileName}
            what="the certificate and its chain"
            text={[certificatePem, chainPem].filter((text) => text !== '').join('')}
            actions={
              <DownloadButton
                fileName={fileName}
                text={[certificatePem, chainPem, requestPem ?? ''].filter((text) => text !== '').join('')}
                label={
                  requestPem === null ? 'Download certificate and chain' : 'Download certificate, chain and request'
                }
              />
            }
          />
        )}
      </LiveLoader>
      <p>The private key is in no export.</p>
    </Panel>
  );
}

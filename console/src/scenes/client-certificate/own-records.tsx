import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { recordAddress, trustFileAddress, useCertificateExport } from '../../api/client-certificates.ts';
import { DownloadButton } from '../../elements/download-button.tsx';
import { DownloadLink } from '../../elements/download-link.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import styles from './own-records.module.css';

/** What may be taken away: the record for auditors, and certificate, chain and request; the key is in none of them. */
export function OwnRecords({ certificate }: { certificate: ClientCertificateDetail }) {
  return (
    <>
      <Panel title="Record for auditors">
        <p>
          Which certificate it is, whose, where its key lies, who asked for each swap and who approved it, what was
          tried before and seen after, under which terms; and what is not on record.
        </p>
        <div className={styles.buttons}>
          <Button
            component="a"
            href={recordAddress(certificate.id, 'html', false)}
            target="_blank"
            rel="noopener"
            variant="default"
            size="compact-md"
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            Printable page
          </Button>
          {(['html', 'json'] as const).map((format) => (
            <Button
              key={format}
              component="a"
              href={recordAddress(certificate.id, format, true)}
              download
              variant="default"
              size="compact-md"
              leftSection={<IconDownload size={15} aria-hidden />}
            >
              {format === 'html' ? 'File (HTML)' : 'Data (JSON)'}
            </Button>
          ))}
        </div>
      </Panel>
      <Texts id={certificate.id} />
    </>
  );
}

function Texts({ id }: { id: string }) {
  const records = useCertificateExport(id);
  return (
    <Panel title="Certificate, chain and request">
      <LiveLoader query={records} what="the export">
        {({ fileName, certificatePem, chainPem, requestPem }) => (
          <div className={styles.texts}>
            <Text title="Certificate" what="the certificate" fileName={`${fileName}.pem`} text={certificatePem} />
            {chainPem === '' ? null : (
              <Text title="Its issuers" what="the chain" fileName={`${fileName}-chain.pem`} text={chainPem} />
            )}
            {requestPem === null ? null : (
              <Text title="Its request" what="the request" fileName={`${fileName}.csr`} text={requestPem} />
            )}
          </div>
        )}
      </LiveLoader>
      <p>
        <DownloadLink address={trustFileAddress(id)}>File for the far side (PEM)</DownloadLink>
      </p>
      <p className={styles.note}>
        The file for the far side has the agreed authority with it. The private key is in none of them.
      </p>
    </Panel>
  );
}

interface TextProperties {
  readonly title: string;
  readonly what: string;
  readonly fileName: string;
  readonly text: string;
}

function Text({ title, what, fileName, text }: TextProperties) {
  return (
    <TextBlock
      title={`${title}: ${fileName}`}
      what={what}
      text={text}
      actions={<DownloadButton fileName={fileName} text={text} label={`Download ${what}`} />}
    />
  );
}

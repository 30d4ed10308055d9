import type { PushedCrl } from '@sallyport/console-api';
import { useState, type ChangeEvent } from 'react';
import { Problem } from '../../../api/problem.ts';
import { usePushCrl } from '../../../api/revocation.ts';
import { useAnnounce } from '../../../elements/announcement.tsx';
import { FactTable } from '../../../elements/fact-table.tsx';
import { Instant } from '../../../elements/instant.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { ProblemNotice } from '../../../elements/problem-notice.tsx';
import { commonName } from '../../../words/distinguished-name.ts';
import { FreshnessBar } from '../../revocation/freshness-bar.tsx';
import { crlText, largestCrlBytes } from './crl-text.ts';
import styles from './pushed-crls.module.css';

interface PushedCrlsProperties {
  readonly connectionId: string;
  readonly pushed: readonly PushedCrl[];
  readonly retired: boolean;
}

/** CRLs of the agreed private authority that the customer brings, because connectors cannot fetch them from outside. */
export function PushedCrls({ connectionId, pushed, retired }: PushedCrlsProperties) {
  return (
    <Panel title="CRLs that the customer brings">
      <p className={styles.reason}>
        Addresses inside the customer’s network do not work from here. Their authority’s CRL can be brought instead: by
        this form, or by <code>POST /api/v1/connections/{connectionId}/crls</code> from a job of theirs.
      </p>
      {pushed.length === 0 ? null : (
        <FactTable
          caption="CRLs that were brought"
          narrow="stack"
          columns={['Authority', 'Entries', 'Age and next update', 'Brought', 'SHA-256']}
          rows={pushed.map((crl) => ({
            id: crl.sha256,
            cells: [
              commonName(crl.authority),
              crl.entries.toLocaleString('en-GB'),
              <FreshnessBar key="age" thisUpdate={crl.thisUpdate} nextUpdate={crl.nextUpdate} />,
              <Instant key="pushed" at={crl.pushedAt} />,
              <code key="hash">{crl.sha256.slice(0, 16)}…</code>,
            ],
          }))}
        />
      )}
      {retired ? null : <Upload connectionId={connectionId} />}
    </Panel>
  );
}

function Upload({ connectionId }: { connectionId: string }) {
  const push = usePushCrl(connectionId);
  const announce = useAnnounce();
  const [fileFault, setFileFault] = useState<string | null>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const picker = event.currentTarget;
    const file = picker.files?.[0];
    if (file === undefined) return;
    push.reset();
    if (file.size > largestCrlBytes) {
      setFileFault(`${file.name} is larger than 10 MB; nothing was sent.`);
      picker.value = '';
      return;
    }
    setFileFault(null);
    push.mutate(crlText(new Uint8Array(await file.arrayBuffer())), {
      onSuccess: ({ entries }) => announce(`Taken: a CRL with ${entries} entries.`),
    });
    picker.value = '';
  };
  const [fault] = push.error instanceof Problem ? push.error.fields : [];
  return (
    <div className={styles.upload}>
      <label className={styles.label}>
        Bring a CRL (PEM or DER){' '}
        <input type="file" accept=".crl,.pem,.der" disabled={push.isPending} onChange={(event) => void take(event)} />
      </label>
      <div role="status">
        {push.isPending ? 'Judging it…' : null}
        {push.data === undefined ? null : `Taken: ${push.data.entries} entries, of ${commonName(push.data.authority)}.`}
      </div>
      {fileFault === null ? null : <p className={styles.fault}>{fileFault}</p>}
      {fault === undefined ? null : (
        <p className={styles.fault}>
          {fault.message} <code>{fault.code}</code>
        </p>
      )}
      {push.isError && fault === undefined ? <ProblemNotice problem={push.error} /> : null}
    </div>
  );
}

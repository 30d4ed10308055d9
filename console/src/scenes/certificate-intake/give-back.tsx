import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useGiveBackCertificate, type UploadedFiles } from '../../api/certificate-intake.ts';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './certificate-request.module.css';
import { FilePicker } from './file-picker.tsx';
import { pastedFile } from './pasted-file.ts';

/** The authority's answer: as files, as pasted text, or both. */
export function GiveBack({ id }: { id: string }) {
  const [files, setFiles] = useState<UploadedFiles>([]);
  const [pasted, setPasted] = useState('');
  const giveBack = useGiveBackCertificate(id);
  const navigate = useNavigate();
  const all = [...files, ...pastedFile(pasted)];
  return (
    <Panel title="2. Give back what the authority made of it">
      <div className={styles.parts}>
        <FilePicker
          label="Certificate and chain"
          description="In any order and form: PEM, DER or PKCS#7. No key."
          files={files}
          onChange={setFiles}
        />
        <Textarea
          label="Or as text (PEM)"
          description="As the authority mailed it: certificate and chain, from BEGIN CERTIFICATE on."
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <div>
          <Button
            disabled={all.length === 0 || giveBack.isPending}
            aria-busy={giveBack.isPending}
            onClick={() =>
              giveBack.mutate(all, {
                onSuccess: (upload) => void navigate(`/client-certificates/uploads/${upload.id}`),
              })
            }
          >
            Give it back and judge it
          </Button>
        </div>
        {giveBack.isError ? <ProblemNotice problem={giveBack.error} /> : null}
      </div>
    </Panel>
  );
}

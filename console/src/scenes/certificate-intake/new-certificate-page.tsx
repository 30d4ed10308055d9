import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useRequestCertificate, useUploadCertificate } from '../../api/certificate-intake.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Choice } from '../new-connection/choice.tsx';
import { Section } from '../new-connection/section.tsx';
import styles from '../new-connection/connection-form.module.css';
import { AboutSection } from './about-section.tsx';
import {
  emptyIntake,
  intakeFaults,
  requestBody,
  uploadBody,
  type IntakeDraft,
  type IntakeFaults,
} from './intake-draft.ts';
import { RequestSection } from './request-section.tsx';
import { UploadSection } from './upload-section.tsx';

/** The ways in: a key that a connector makes, or files that are there already. */
export function NewCertificatePage() {
  const [draft, setDraft] = useState(emptyIntake);
  const [tried, setTried] = useState(false);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const ask = useRequestCertificate();
  const upload = useUploadCertificate();
  const sent = draft.way === 'inside' ? ask : upload;
  const faults: IntakeFaults = { ...refusedFields(sent.error), ...(tried ? intakeFaults(draft) : {}) };
  const change = (part: Partial<IntakeDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(intakeFaults(draft)).length > 0) {
      announce('Some fields need another look.');
      return;
    }
    if (draft.way === 'inside') {
      ask.mutate(requestBody(draft), {
        onSuccess: ({ id }) => void navigate(`/client-certificates/requests/${id}`),
      });
    } else {
      upload.mutate(uploadBody(draft), {
        onSuccess: ({ id }) => void navigate(`/client-certificates/uploads/${id}`),
      });
    }
  };
  return (
    <>
      <PageHeading title="New client certificate">
        Connectors make or open the key and judge what comes; the web tier can seal it, never open it.
      </PageHeading>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Section title="Way in" reason="A key that never existed elsewhere cannot have been copied elsewhere.">
          <Choice
            legend="Where is the key?"
            value={draft.way}
            options={[
              {
                value: 'inside',
                label: 'Make it inside',
                meaning:
                  'A connector makes the key and hands out a request; the authority’s certificate is given back here.',
              },
              {
                value: 'upload',
                label: 'Upload it',
                meaning: 'PKCS#12, PEM or DER with the key, and the chain as PKCS#7, PEM or DER.',
              },
            ]}
            onChange={(way) => change({ way })}
          />
        </Section>
        <AboutSection draft={draft} faults={faults} change={change} />
        {draft.way === 'inside' ? (
          <RequestSection draft={draft} faults={faults} change={change} />
        ) : (
          <UploadSection draft={draft} faults={faults} change={change} />
        )}
        {sent.isError ? <ProblemNotice problem={sent.error} /> : null}
        <div className={styles.actions}>
          <Button type="submit" aria-busy={sent.isPending} disabled={sent.isPending}>
            {draft.way === 'inside' ? 'Make key and request' : 'Upload and judge'}
          </Button>
        </div>
      </form>
    </>
  );
}

/** What the API said against fields, by the draft's own names. */
function refusedFields(error: unknown): IntakeFaults {
  if (!(error instanceof Problem)) return {};
  const names: Readonly<Record<string, string>> = {
    'contacts.owner.name': 'ownerName',
    'contacts.owner.email': 'ownerEmail',
  };
  return Object.fromEntries(
    error.fields.map(({ path, message }) => [names[path] ?? path.split('.')[0] ?? path, message]),
  );
}

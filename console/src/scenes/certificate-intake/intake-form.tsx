import { Button } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useRequestCertificate, useUploadCertificate } from '../../api/certificate-intake.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Choice } from '../new-connection/choice.tsx';
import { Section } from '../new-connection/section.tsx';
import styles from '../new-connection/connection-form.module.css';
import { AboutSection } from './about-section.tsx';
import {
  intakeFaults,
  refusedFieldOf,
  requestBody,
  uploadBody,
  type IntakeDraft,
  type IntakeFaults,
} from './intake-draft.ts';
import { RefusedForm } from './refused-form.tsx';
import { RequestSection } from './request-section.tsx';
import { UploadSection } from './upload-section.tsx';

/** The ways in: a key that a connector makes, or files that are there already. */
export function IntakeForm({ start }: { start: IntakeDraft }) {
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const ask = useRequestCertificate();
  const upload = useUploadCertificate();
  const sent = draft.way === 'inside' ? ask : upload;
  const faults: IntakeFaults = { ...refusedFields(sent.error, draft), ...(tried ? intakeFaults(draft) : {}) };
  const change = (part: Partial<IntakeDraft>): void => setDraft((before) => ({ ...before, ...part }));
  // The first field at fault gets the focus once it is marked.
  const refused = (error?: Error): void => {
    const isOfFields = error === undefined || (error instanceof Problem && error.fields.length > 0);
    announce(isOfFields ? 'It was not taken. Some fields need another look.' : 'It was not taken.');
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(intakeFaults(draft)).length > 0) {
      refused();
      return;
    }
    if (draft.way === 'inside') {
      ask.mutate(requestBody(draft), {
        onError: refused,
        onSuccess: ({ id }) => void navigate(`/client-certificates/requests/${id}`),
      });
    } else {
      upload.mutate(uploadBody(draft), {
        onError: refused,
        onSuccess: ({ id }) => void navigate(`/client-certificates/uploads/${id}`),
      });
    }
  };
  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
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
      {sent.isError ? (
        <RefusedForm problem={sent.error} isShown={(path) => refusedFieldOf(path, draft) !== null} />
      ) : null}
      <div className={styles.actions}>
        <Button type="submit" aria-busy={sent.isPending} disabled={sent.isPending}>
          {draft.way === 'inside' ? 'Make key and request' : 'Upload and judge'}
        </Button>
      </div>
    </form>
  );
}

/** What the API said against fields, by the draft's own names; the first of each, in the API's words. */
function refusedFields(error: unknown, draft: IntakeDraft): IntakeFaults {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(
    error.fields.toReversed().flatMap(({ path, message }) => {
      const field = refusedFieldOf(path, draft);
      return field === null ? [] : [[field, message]];
    }),
  );
}

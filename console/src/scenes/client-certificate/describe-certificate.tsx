import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useDescribeCertificate } from '../../api/client-certificates.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import formStyles from '../new-connection/connection-form.module.css';
import { changeOf, descriptionFaults, draftOf, fieldOfPath, type DescriptionField } from './description-draft.ts';

interface DescribeCertificateProperties {
  readonly certificate: ClientCertificateDetail;
  readonly onDone: () => void;
}

const labels: Readonly<Record<DescriptionField, string>> = {
  name: 'Name',
  ownerName: 'Owner',
  ownerEmail: 'Owner’s e-mail',
  technicalName: 'Technical contact',
  technicalEmail: 'Technical contact’s e-mail',
};
const fields = Object.keys(labels) as DescriptionField[];

/** What people call it and who is asked; nothing of the certificate changes. */
export function DescribeCertificate({ certificate, onDone }: DescribeCertificateProperties) {
  const describe = useDescribeCertificate(certificate.id);
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(certificate));
  const [tried, setTried] = useState(false);
  const found = descriptionFaults(draft);
  const refused = describe.error instanceof Problem ? describe.error.fields : [];
  const faultOf = (field: DescriptionField): string | undefined =>
    (tried ? found[field] : undefined) ?? refused.find(({ path }) => fieldOfPath(path) === field)?.message;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const first = fields.find((field) => found[field] !== undefined);
    if (first !== undefined) {
      announce('Some fields need another look.');
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    describe.mutate(changeOf(draft), {
      onSuccess: () => {
        announce('Name and contacts are saved.');
        onDone();
      },
    });
  };
  return (
    <form className={formStyles.form} ref={form} onSubmit={submit} noValidate>
      <div className={formStyles.two}>
        {fields.map((field) => (
          <TextInput
            key={field}
            name={field}
            label={labels[field]}
            type={field.endsWith('Email') ? 'email' : 'text'}
            autoFocus={field === 'name'}
            maxLength={200}
            error={faultOf(field)}
            value={draft[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      {describe.isError ? <ProblemNotice problem={describe.error} /> : null}
      <div className={formStyles.actions}>
        <Button type="submit" aria-busy={describe.isPending} disabled={describe.isPending}>
          Save
        </Button>
        <Button variant="default" disabled={describe.isPending} onClick={onDone}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}

import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCorrectCertificate } from '../../api/client-certificates.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { Choice } from '../new-connection/choice.tsx';
import formStyles from '../new-connection/connection-form.module.css';
import { changedFacts, correctionOf, type CorrectionField } from './correction-draft.ts';

interface CorrectCertificateProperties {
  readonly certificate: ClientCertificateDetail;
  readonly onDone: () => void;
}

/** What it is judged by, corrected: a connector judges it anew, and leaves all as it was where that would block it. */
export function CorrectCertificate({ certificate, onDone }: CorrectCertificateProperties) {
  const correct = useCorrectCertificate(certificate.id);
  const announce = useAnnounce();
  const [draft, setDraft] = useState(() => correctionOf(certificate));
  const [tried, setTried] = useState(false);
  const wanted = changedFacts(certificate, draft);
  const isSame = Object.keys(wanted).length === 0;
  const refused = correct.error instanceof Problem ? correct.error.fields : [];
  const faultOf = (field: CorrectionField): string | undefined => refused.find(({ path }) => path === field)?.message;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isSame) {
      announce('Nothing differs from what is written down.');
      return;
    }
    correct.mutate(wanted, {
      onSuccess: () => {
        announce('A connector judges the certificate by what you wrote.');
        onDone();
      },
    });
  };
  return (
    <form className={formStyles.form} onSubmit={submit} noValidate>
      {certificate.kind === 'customer-custom' ? null : (
        <Choice
          legend="Kind"
          value={draft.kind}
          options={[
            { value: 'operator-named', label: 'Operator, named', meaning: 'Ours, for one purpose or customer.' },
            { value: 'operator-wildcard', label: 'Operator wildcard', meaning: 'Ours, shown to many customers.' },
          ]}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
      )}
      <TextInput
        name="domain"
        label="Domain"
        description="Under which its names must lie; empty where none was agreed."
        maxLength={253}
        error={faultOf('domain')}
        value={draft.domain}
        onChange={(event) => setDraft({ ...draft, domain: event.currentTarget.value })}
      />
      <Choice
        legend="From whom"
        value={draft.policy}
        options={[
          {
            value: 'public-third-party',
            label: 'A public authority',
            meaning: 'A third party that is publicly trusted.',
          },
          {
            value: 'agreed-private-ca',
            label: 'An agreed private authority',
            meaning: 'Both sides agreed on its roots.',
          },
        ]}
        onChange={(policy) => setDraft({ ...draft, policy })}
      />
      {draft.policy === 'agreed-private-ca' ? (
        <Textarea
          name="anchorsPem"
          label="Roots of the agreed authority (PEM)"
          description={
            certificate.agreedRoots.length === 0
              ? 'None are written down. Certificates only, no key.'
              : `Left empty, they stay: ${certificate.agreedRoots.map(({ subject }) => subject).join('; ')}.`
          }
          rows={5}
          spellCheck={false}
          error={faultOf('anchorsPem')}
          value={draft.anchorsPem}
          onChange={(event) => setDraft({ ...draft, anchorsPem: event.currentTarget.value })}
        />
      ) : null}
      {tried && isSame ? <p>Nothing differs from what is written down.</p> : null}
      {correct.isError ? <ProblemNotice problem={correct.error} /> : null}
      <div className={formStyles.actions}>
        <Button type="submit" aria-busy={correct.isPending} disabled={correct.isPending}>
          Judge it by this
        </Button>
        <Button variant="default" disabled={correct.isPending} onClick={onDone}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}

import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCorrectCertificate } from '../../api/client-certificates.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { JudgedByFields } from '../certificate-intake/judged-by-fields.tsx';
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
      <JudgedByFields
        kind={certificate.kind}
        agreedRoots={certificate.agreedRoots}
        draft={draft}
        faultOf={faultOf}
        change={(part) => setDraft({ ...draft, ...part })}
      />
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

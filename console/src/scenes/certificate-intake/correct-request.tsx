import type { CertificateRequest } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useCorrectRequest } from '../../api/certificate-intake.ts';
import { Problem } from '../../api/problem.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import formStyles from '../new-connection/connection-form.module.css';
import type { FactToCorrect } from './fact-to-correct.ts';
import { JudgedByFields } from './judged-by-fields.tsx';
import { RefusedForm } from './refused-form.tsx';
import {
  changedRequestFacts,
  correctionFieldOf,
  requestCorrectionOf,
  type RequestCorrectionDraft,
} from './request-correction-draft.ts';

interface CorrectRequestProperties {
  readonly asked: CertificateRequest;
  /** What a refused certificate pointed at. */
  readonly first: FactToCorrect | null;
  readonly onDone: () => void;
}

const fieldNames: Readonly<Record<FactToCorrect, string>> = { kind: 'Kind', domain: 'domain', policy: 'From whom' };

/** What was said of the certificate to come, corrected; key, names and owner stay. */
export function CorrectRequest({ asked, first, onDone }: CorrectRequestProperties) {
  const correct = useCorrectRequest(asked.id);
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => requestCorrectionOf(asked));
  const [tried, setTried] = useState(false);
  const wanted = changedRequestFacts(asked, draft);
  const isSame = Object.keys(wanted).length === 0;
  const refused = correct.error instanceof Problem ? correct.error.fields : [];
  const faultOf = (field: keyof RequestCorrectionDraft): string | undefined =>
    refused.find(({ path }) => correctionFieldOf(path) === field)?.message;
  const change = (part: Partial<RequestCorrectionDraft>): void => setDraft((before) => ({ ...before, ...part }));
  useEffect(() => {
    const start = `[name="${first === null ? 'name' : fieldNames[first]}"]`;
    const field = form.current?.querySelector<HTMLElement>(`${start}:checked`) ?? form.current?.querySelector(start);
    (field as HTMLElement | null | undefined)?.focus();
  }, [first]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isSame) {
      announce('Nothing differs from what is written down.');
      return;
    }
    correct.mutate(wanted, {
      onSuccess: () => {
        announce('Corrected. A certificate that is given back is judged by this.');
        onDone();
      },
      onError: () => {
        announce('It was not corrected.');
        // Once they are marked.
        setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      },
    });
  };
  return (
    <form className={formStyles.form} ref={form} onSubmit={submit} noValidate>
      <TextInput
        name="name"
        label="How we call it"
        maxLength={200}
        error={faultOf('name')}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <JudgedByFields
        kind={asked.kind}
        agreedRoots={asked.agreedRoots}
        draft={draft}
        faultOf={faultOf}
        change={change}
      />
      <div className={formStyles.two}>
        <TextInput
          name="ownerName"
          label="Owner"
          maxLength={200}
          error={faultOf('ownerName')}
          value={draft.ownerName}
          onChange={(event) => change({ ownerName: event.currentTarget.value })}
        />
        <TextInput
          name="ownerEmail"
          label="Owner’s e-mail"
          type="email"
          error={faultOf('ownerEmail')}
          value={draft.ownerEmail}
          onChange={(event) => change({ ownerEmail: event.currentTarget.value })}
        />
      </div>
      {tried && isSame ? <p>Nothing differs from what is written down.</p> : null}
      {correct.isError ? (
        <RefusedForm problem={correct.error} isShown={(path) => correctionFieldOf(path) !== null} />
      ) : null}
      <div className={formStyles.actions}>
        <Button type="submit" aria-busy={correct.isPending} disabled={correct.isPending}>
          Correct it
        </Button>
        <Button variant="default" disabled={correct.isPending} onClick={onDone}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}

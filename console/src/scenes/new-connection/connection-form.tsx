import { Button } from '@mantine/core';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { AnchorsSection } from './anchors-section.tsx';
import { AuthenticationSection } from './authentication-section.tsx';
import { ClientCertificateSection } from './client-certificate-section.tsx';
import { draftFaults, type ConnectionDraft, type DraftFaults, type DraftField } from './connection-draft.ts';
import { ContactsSection } from './contacts-section.tsx';
import styles from './connection-form.module.css';
import { JiraSection } from './jira-section.tsx';
import { ProbesSection } from './probes-section.tsx';
import { ProxySection } from './proxy-section.tsx';
import { RevocationSection } from './revocation-section.tsx';
import { SwapsSection } from './swaps-section.tsx';
import { TlsSection } from './tls-section.tsx';

interface ConnectionFormProperties {
  /** What the form begins with: the safe choices, or the terms that hold. */
  readonly initial: ConnectionDraft;
  readonly existing: boolean;
  readonly customerNames: readonly string[];
  readonly busy: boolean;
  /** What the web tier refused, by field. */
  readonly refused: DraftFaults;
  /** How the web tier answered as a whole; stands beside the button, where the person looks. */
  readonly problem: ReactNode;
  readonly onSubmit: (draft: ConnectionDraft) => void;
}

/** The terms of a connection, section by section; faults are told at their fields, all at once. */
export function ConnectionForm(properties: ConnectionFormProperties) {
  const { initial, existing, customerNames, busy, refused, problem, onSubmit } = properties;
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const found = draftFaults(draft, existing ? initial.authenticationKind : null);
  const own = tried ? found : {};
  const faults: DraftFaults = { ...refused, ...own };
  const change = (changes: Partial<ConnectionDraft>): void => setDraft((before) => ({ ...before, ...changes }));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const faulty = Object.keys(found) as DraftField[];
    if (faulty.length === 0) {
      onSubmit(draft);
      return;
    }
    announce(faulty.length === 1 ? 'One field needs another look.' : `${faulty.length} fields need another look.`);
    focusFirstFault(form.current, faulty);
  };

  const section = { draft, faults, change, existing };
  const count = Object.keys(own).length;
  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
      <JiraSection {...section} customerNames={customerNames} />
      <AuthenticationSection {...section} />
      <TlsSection {...section} />
      <AnchorsSection {...section} />
      <RevocationSection {...section} />
      <ProxySection {...section} />
      {existing ? null : <ClientCertificateSection {...section} />}
      {draft.withClientCertificate ? <SwapsSection {...section} /> : null}
      <ProbesSection {...section} />
      <ContactsSection {...section} />
      {count === 0 ? null : (
        <Notice tone="bad" title={count === 1 ? 'One field needs another look.' : `${count} fields need another look.`}>
          Each says what is missing.
        </Notice>
      )}
      {problem}
      <div className={styles.actions}>
        <Button type="submit" aria-busy={busy} disabled={busy}>
          {busy ? 'Writing down…' : 'Write down the terms'}
        </Button>
        <span className={styles.note}>Nothing is dialled yet: the check comes next, on the connection’s page.</span>
      </div>
    </form>
  );
}

/** Fields carry their name, so that the first fault on the page can take the focus. */
function focusFirstFault(form: HTMLFormElement | null, fields: readonly DraftField[]): void {
  const selector = fields.map((field) => `[name="${field}"]`).join(',');
  form?.querySelector<HTMLElement>(selector)?.focus();
}

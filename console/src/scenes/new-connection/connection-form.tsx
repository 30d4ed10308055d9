import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { AnchorsSection } from './anchors-section.tsx';
import { Choice } from './choice.tsx';
import { ClientCertificateSection } from './client-certificate-section.tsx';
import {
  draftFaults,
  emptyDraft,
  type ConnectionDraft,
  type DraftFaults,
  type DraftField,
} from './connection-draft.ts';
import { ContactsSection } from './contacts-section.tsx';
import styles from './connection-form.module.css';
import { Section } from './section.tsx';

/** What every section gets: the draft, its faults by field, and how to change a field. */
export interface SectionProperties {
  readonly draft: ConnectionDraft;
  readonly faults: DraftFaults;
  readonly change: (changes: Partial<ConnectionDraft>) => void;
}

interface ConnectionFormProperties {
  readonly customerNames: readonly string[];
  readonly busy: boolean;
  /** What the web tier refused, by field. */
  readonly refused: DraftFaults;
  /** How the web tier answered as a whole; stands beside the button, where the person looks. */
  readonly problem: ReactNode;
  readonly onSubmit: (draft: ConnectionDraft) => void;
}

/** The terms of a new connection, section by section; faults are told at their fields, all at once. */
export function ConnectionForm({ customerNames, busy, refused, problem, onSubmit }: ConnectionFormProperties) {
  const [draft, setDraft] = useState(emptyDraft);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const own = tried ? draftFaults(draft) : {};
  const faults: DraftFaults = { ...refused, ...own };
  const change = (changes: Partial<ConnectionDraft>): void => setDraft((before) => ({ ...before, ...changes }));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const found = Object.keys(draftFaults(draft));
    if (found.length === 0) {
      onSubmit(draft);
      return;
    }
    announce(found.length === 1 ? 'One field needs another look.' : `${found.length} fields need another look.`);
    focusFirstFault(form.current, found as DraftField[]);
  };

  const section = { draft, faults, change };
  const count = Object.keys(own).length;
  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
      <JiraSection {...section} customerNames={customerNames} />
      <AuthenticationSection {...section} />
      <TlsSection {...section} />
      <AnchorsSection {...section} />
      <ClientCertificateSection {...section} />
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

function JiraSection({
  draft,
  faults,
  change,
  customerNames,
}: SectionProperties & { readonly customerNames: readonly string[] }) {
  return (
    <Section
      title="Jira"
      reason="Whose Jira it is, where it answers, and which projects are read. A Jira host belongs to one customer."
    >
      <TextInput
        name="customerName"
        label="Customer"
        required
        list="customers"
        autoComplete="off"
        error={faults.customerName}
        value={draft.customerName}
        onChange={(event) => change({ customerName: event.currentTarget.value })}
      />
      <datalist id="customers">
        {customerNames.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextInput
        name="baseUrl"
        label="Base URL"
        description="With the context path, such as https://jira.example.com/jira"
        type="url"
        inputMode="url"
        required
        autoComplete="off"
        error={faults.baseUrl}
        value={draft.baseUrl}
        onChange={(event) => change({ baseUrl: event.currentTarget.value })}
      />
      <TextInput
        name="projectKeys"
        label="Project keys"
        description="Separated by commas, such as PROJ, OPS"
        required
        autoComplete="off"
        error={faults.projectKeys}
        value={draft.projectKeys}
        onChange={(event) => change({ projectKeys: event.currentTarget.value })}
      />
    </Section>
  );
}

function AuthenticationSection({ draft, faults, change }: SectionProperties) {
  const withToken = draft.authenticationKind === 'pat';
  return (
    <Section
      title="Authentication"
      reason="How Jira knows the service account, beside the client certificate. It is sealed for the connectors on arrival; the web tier cannot read it again."
    >
      <Choice
        legend="Kind"
        value={draft.authenticationKind}
        options={[
          { value: 'pat', label: 'Personal access token', meaning: 'Can be revoked alone; Jira 8.14 and later.' },
          { value: 'basic', label: 'User name and password', meaning: 'Where tokens are not available.' },
        ]}
        onChange={(authenticationKind) => change({ authenticationKind })}
      />
      <TextInput
        name="accountName"
        label={withToken ? 'Service account (optional)' : 'User name'}
        description={withToken ? 'Given, every answer must come from this account.' : undefined}
        required={!withToken}
        autoComplete="off"
        error={faults.accountName}
        value={draft.accountName}
        onChange={(event) => change({ accountName: event.currentTarget.value })}
      />
      <PasswordInput
        name="secret"
        label={withToken ? 'Token' : 'Password'}
        required
        autoComplete="off"
        error={faults.secret}
        value={draft.secret}
        onChange={(event) => change({ secret: event.currentTarget.value })}
      />
    </Section>
  );
}

function TlsSection({ draft, change }: SectionProperties) {
  return (
    <Section
      title="TLS policy"
      reason="Protocol and suites that may be used. What the far side cannot do is refused and said."
    >
      <Choice
        legend="Policy"
        value={draft.tlsPolicy}
        options={[
          { value: 'tls12-six', label: 'tls12-six', meaning: 'TLS 1.2 with the six agreed suites (ECDHE and DHE).' },
          {
            value: 'tls12-four',
            label: 'tls12-four',
            meaning: 'TLS 1.2 without the two DHE suites, as RFC 9325 asks.',
          },
        ]}
        onChange={(tlsPolicy) => change({ tlsPolicy })}
      />
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.allowPrivate}
          onChange={(event) => change({ allowPrivate: event.currentTarget.checked })}
        />
        <span>
          <strong>Allow private addresses</strong>
          <span className={styles.note}>
            Only for a Jira inside your own network; otherwise such an address is refused.
          </span>
        </span>
      </label>
    </Section>
  );
}

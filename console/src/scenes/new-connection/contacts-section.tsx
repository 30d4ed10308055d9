import { TextInput } from '@mantine/core';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';
import styles from './connection-form.module.css';

/** Who owns the connection and who repairs it, at the customer. */
export function ContactsSection({ draft, faults, change }: SectionProperties) {
  return (
    <Section title="Contacts" reason="When the customer must act, these people are named with what to do.">
      <div className={styles.two}>
        <TextInput
          name="ownerName"
          label="Owner"
          required
          error={faults.ownerName}
          value={draft.ownerName}
          onChange={(event) => change({ ownerName: event.currentTarget.value })}
        />
        <TextInput
          name="ownerEmail"
          label="Owner’s e-mail"
          type="email"
          required
          error={faults.ownerEmail}
          value={draft.ownerEmail}
          onChange={(event) => change({ ownerEmail: event.currentTarget.value })}
        />
        <TextInput
          name="technicalName"
          label="Technical contact"
          required
          error={faults.technicalName}
          value={draft.technicalName}
          onChange={(event) => change({ technicalName: event.currentTarget.value })}
        />
        <TextInput
          name="technicalEmail"
          label="Technical contact’s e-mail"
          type="email"
          required
          error={faults.technicalEmail}
          value={draft.technicalEmail}
          onChange={(event) => change({ technicalEmail: event.currentTarget.value })}
        />
      </div>
    </Section>
  );
}

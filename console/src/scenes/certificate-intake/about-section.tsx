import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useCustomers } from '../../api/customers.ts';
import { Choice } from '../new-connection/choice.tsx';
import styles from '../new-connection/connection-form.module.css';
import { Section } from '../new-connection/section.tsx';
import type { IntakeDraft, IntakeFaults } from './intake-draft.ts';

export interface IntakeSectionProperties {
  readonly draft: IntakeDraft;
  readonly faults: IntakeFaults;
  readonly change: (part: Partial<IntakeDraft>) => void;
}

/** Whose certificate it will be, from whom it has to come, and who is asked about it. */
export function AboutSection({ draft, faults, change }: IntakeSectionProperties) {
  const customers = useCustomers();
  return (
    <Section title="What it is for" reason="What comes is judged by this: kind, domain and authority must fit.">
      <Choice
        legend="Kind"
        value={draft.kind}
        options={[
          { value: 'operator-named', label: 'Operator, named', meaning: 'Ours, for one purpose or customer.' },
          { value: 'operator-wildcard', label: 'Operator wildcard', meaning: 'Ours, shown to many customers.' },
          { value: 'customer-custom', label: 'Custom', meaning: 'Owned by a customer; only their connections use it.' },
        ]}
        onChange={(kind) => change({ kind })}
      />
      {draft.kind === 'customer-custom' ? (
        <NativeSelect
          name="customerId"
          label="Customer"
          required
          error={faults.customerId}
          data={[
            { value: '', label: 'Choose' },
            ...(customers.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.customerId}
          onChange={(event) => change({ customerId: event.currentTarget.value })}
        />
      ) : null}
      <div className={styles.two}>
        <TextInput
          name="name"
          label="How we call it"
          description="Its subject when left empty."
          error={faults.name}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          name="domain"
          label="Domain"
          description="Under which its names must lie."
          error={faults.domain}
          value={draft.domain}
          onChange={(event) => change({ domain: event.currentTarget.value })}
        />
        <TextInput
          name="ownerName"
          label="Owner"
          error={faults.ownerName}
          value={draft.ownerName}
          onChange={(event) => change({ ownerName: event.currentTarget.value })}
        />
        <TextInput
          name="ownerEmail"
          label="Owner’s e-mail"
          type="email"
          error={faults.ownerEmail}
          value={draft.ownerEmail}
          onChange={(event) => change({ ownerEmail: event.currentTarget.value })}
        />
      </div>
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
        onChange={(policy) => change({ policy })}
      />
      {draft.policy === 'agreed-private-ca' ? (
        <Textarea
          name="anchorsPem"
          label="Roots of the agreed authority (PEM)"
          required
          rows={5}
          spellCheck={false}
          error={faults.anchorsPem}
          value={draft.anchorsPem}
          onChange={(event) => change({ anchorsPem: event.currentTarget.value })}
        />
      ) : null}
      {draft.kind === 'customer-custom' ? null : (
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={draft.makeDefault}
            onChange={(event) => change({ makeDefault: event.currentTarget.checked })}
          />
          <span>New connections are bound to it</span>
        </label>
      )}
    </Section>
  );
}

import { TextInput } from '@mantine/core';
import { Choice } from '../new-connection/choice.tsx';
import styles from '../new-connection/connection-form.module.css';
import { Section } from '../new-connection/section.tsx';
import type { IntakeSectionProperties } from './about-section.tsx';

/** The key that a connector makes, and what the request asks the authority to certify. */
export function RequestSection({ draft, faults, change }: IntakeSectionProperties) {
  return (
    <Section title="Key and request" reason="The request (PKCS#10) goes to the authority; the key stays inside.">
      <Choice
        legend="Key"
        value={draft.keyType}
        options={[
          { value: 'p256', label: 'P-256', meaning: 'Small and fast; taken nearly everywhere.' },
          { value: 'p384', label: 'P-384', meaning: 'Where a rule asks for it.' },
          { value: 'rsa3072', label: 'RSA, 3072 bits', meaning: 'For far sides that know RSA only.' },
        ]}
        onChange={(keyType) => change({ keyType })}
      />
      <TextInput
        name="commonName"
        label="Common name"
        required
        error={faults.commonName}
        value={draft.commonName}
        onChange={(event) => change({ commonName: event.currentTarget.value })}
      />
      <TextInput
        name="dnsNames"
        label="DNS names"
        description="Separated by commas. Left empty, the common name is the one."
        error={faults.dnsNames}
        value={draft.dnsNames}
        onChange={(event) => change({ dnsNames: event.currentTarget.value })}
      />
      <div className={styles.two}>
        <TextInput
          name="organization"
          label="Organisation"
          error={faults.organization}
          value={draft.organization}
          onChange={(event) => change({ organization: event.currentTarget.value })}
        />
        <TextInput
          name="country"
          label="Country, two letters"
          maxLength={2}
          error={faults.country}
          value={draft.country}
          onChange={(event) => change({ country: event.currentTarget.value })}
        />
      </div>
    </Section>
  );
}

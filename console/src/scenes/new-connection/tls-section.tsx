import { Textarea } from '@mantine/core';
import { Choice } from './choice.tsx';
import styles from './connection-form.module.css';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** Protocol and suites, and whether private addresses may be dialled. */
export function TlsSection({ draft, faults, change }: SectionProperties) {
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
          {
            value: 'tls13',
            label: 'tls13',
            meaning: 'TLS 1.3 as well. Our certificate then leaves before the far side could be judged by all checks.',
          },
        ]}
        onChange={(tlsPolicy) => change({ tlsPolicy })}
      />
      {draft.tlsPolicy === 'tls13' && draft.withClientCertificate ? (
        <Textarea
          name="tls13Reason"
          label="Who accepts it, and why?"
          description="Your written word that our client certificate is used with TLS 1.3. Printed with the terms, kept in the audit."
          required
          rows={2}
          error={faults.tls13Reason}
          value={draft.tls13Reason}
          onChange={(event) => change({ tls13Reason: event.currentTarget.value })}
        />
      ) : null}
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

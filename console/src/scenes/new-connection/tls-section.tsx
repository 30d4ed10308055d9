import { Choice } from './choice.tsx';
import styles from './connection-form.module.css';
import type { SectionProperties } from './connection-form.tsx';
import { Section } from './section.tsx';

/** Protocol and suites, and whether private addresses may be dialled. */
export function TlsSection({ draft, change }: SectionProperties) {
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

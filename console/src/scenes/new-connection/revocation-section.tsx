import { Textarea, TextInput } from '@mantine/core';
import { Choice } from './choice.tsx';
import styles from './connection-form.module.css';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** What happens when nobody can say whether a certificate was taken back, and how old an answer may be. */
export function RevocationSection({ draft, faults, change, existing }: SectionProperties) {
  return (
    <Section
      title="Revocation"
      reason={`Whether a certificate was taken back by its issuer. What is revoked is refused in any case.${existing ? ' A stricter rule is first replayed over the chain that was shown last.' : ''}`}
    >
      <Choice
        legend="What cannot be told"
        value={draft.revocation}
        options={[
          { value: 'hard', label: 'Is refused', meaning: 'No answer about revocation, no connection.' },
          { value: 'soft', label: 'Passes, visibly', meaning: 'The check stays “unknown”; never shown as passed.' },
          ...(draft.revocation === 'off'
            ? [
                {
                  value: 'off' as const,
                  label: 'Is not looked at',
                  meaning: 'As it was agreed; better is one of the others.',
                },
              ]
            : []),
        ]}
        onChange={(revocation) => change({ revocation })}
      />
      <div className={styles.two}>
        <TextInput
          name="graceHours"
          label="Grace (hours)"
          description="Still used for so long after its next update; empty: not at all."
          inputMode="numeric"
          error={faults.graceHours}
          value={draft.graceHours}
          onChange={(event) => change({ graceHours: event.currentTarget.value })}
        />
        <TextInput
          name="greatestAgeHours"
          label="Greatest age (hours)"
          description="Never used when older; empty: until its next update."
          inputMode="numeric"
          error={faults.greatestAgeHours}
          value={draft.greatestAgeHours}
          onChange={(event) => change({ greatestAgeHours: event.currentTarget.value })}
        />
      </div>
      {draft.anchorsKind === 'pem' ? (
        <>
          <Textarea
            name="crlAddresses"
            label="Other addresses of CRLs"
            description="A line each: the address, a space, the authority as reports show it. For addresses inside the customer’s network, which do not work from here."
            rows={2}
            spellCheck={false}
            error={faults.crlAddresses}
            value={draft.crlAddresses}
            onChange={(event) => change({ crlAddresses: event.currentTarget.value })}
          />
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={draft.noRevocationData}
              onChange={(event) => change({ noRevocationData: event.currentTarget.checked })}
            />
            <span>
              <strong>The private authority publishes nothing about revocation</strong>
              <span className={styles.note}>The check then does not apply to its certificates, and says so.</span>
            </span>
          </label>
        </>
      ) : null}
    </Section>
  );
}

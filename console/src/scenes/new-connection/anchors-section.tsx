import { Textarea } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { Choice } from './choice.tsx';
import type { SectionProperties } from './connection-form.tsx';
import { Section } from './section.tsx';
import styles from './connection-form.module.css';

/** Longer files are no list of certificates; reading them would only slow the page. */
const longestFileBytes = 256 * 1024;

/** Whose signature makes the server's certificate trusted, and what happens when revocation cannot be told. */
export function AnchorsSection({ draft, faults, change }: SectionProperties) {
  const readFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0];
    if (file === undefined || file.size > longestFileBytes) return;
    change({ anchorsPem: await file.text() });
  };
  return (
    <Section title="Trust" reason="Which authorities may vouch for the server’s certificate.">
      <Choice
        legend="Anchors"
        value={draft.anchorsKind}
        options={[
          {
            value: 'public',
            label: 'Public authorities',
            meaning: 'The third-party roots that Node ships, less those distrusted since.',
          },
          {
            value: 'pem',
            label: 'A private authority',
            meaning: 'Agreed with the customer: only these certificates are trusted.',
          },
        ]}
        onChange={(anchorsKind) => change({ anchorsKind })}
      />
      {draft.anchorsKind === 'pem' ? (
        <div>
          <Textarea
            name="anchorsPem"
            label="Certificates of the authority (PEM)"
            required
            rows={6}
            spellCheck={false}
            error={faults.anchorsPem}
            value={draft.anchorsPem}
            onChange={(event) => change({ anchorsPem: event.currentTarget.value })}
          />
          <label className={styles.note}>
            or from a file: <input type="file" accept=".pem,.crt,.cer" onChange={(event) => void readFile(event)} />
          </label>
        </div>
      ) : null}
      <Choice
        legend="Revocation that cannot be told"
        value={draft.revocation}
        options={[
          { value: 'soft', label: 'Passes, visibly', meaning: 'The check stays “unknown”; never shown as passed.' },
          { value: 'hard', label: 'Is refused', meaning: 'No answer about revocation, no connection.' },
        ]}
        onChange={(revocation) => change({ revocation })}
      />
    </Section>
  );
}

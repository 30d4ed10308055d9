import { Textarea } from '@mantine/core';
import { useState, type ChangeEvent } from 'react';
import { Choice } from './choice.tsx';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';
import styles from './connection-form.module.css';

/** What the API takes; longer files are no list of anchors. */
const longestFileBytes = 100_000;

/** Whose signature makes the server's certificate trusted. */
export function AnchorsSection({ draft, faults, change }: SectionProperties) {
  const [fileFault, setFileFault] = useState<string | null>(null);
  const readFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const picker = event.currentTarget;
    const file = picker.files?.[0];
    if (file === undefined) return;
    const text = file.size > longestFileBytes ? null : await file.text();
    const isPem = text?.includes('-----BEGIN CERTIFICATE-----') === true;
    setFileFault(
      text === null
        ? `${file.name} has ${Math.ceil(file.size / 1000).toLocaleString('en-GB')} kB; at most ${longestFileBytes / 1000} kB are taken. Nothing was read.`
        : isPem
          ? null
          : `${file.name} holds no certificate in PEM form. Nothing was read.`,
    );
    // Neither the name of a refused file nor what an earlier one brought may pass for the new anchors.
    if (!isPem) picker.value = '';
    change({ anchorsPem: isPem ? text : '' });
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
            error={fileFault ?? faults.anchorsPem}
            value={draft.anchorsPem}
            onChange={(event) => {
              setFileFault(null);
              change({ anchorsPem: event.currentTarget.value });
            }}
          />
          <label className={styles.note}>
            or from a file: <input type="file" accept=".pem,.crt,.cer" onChange={(event) => void readFile(event)} />
          </label>
        </div>
      ) : null}
    </Section>
  );
}

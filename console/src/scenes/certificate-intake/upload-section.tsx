import { PasswordInput } from '@mantine/core';
import { Section } from '../new-connection/section.tsx';
import type { IntakeSectionProperties } from './about-section.tsx';
import { FilePicker } from './file-picker.tsx';

/** Files that hold certificate, key and chain, and the password that opens them. */
export function UploadSection({ draft, faults, change }: IntakeSectionProperties) {
  return (
    <Section title="Files" reason="Sealed as they arrive, password included; only a connector opens them.">
      <FilePicker
        label="Certificate, key and chain"
        description="One PKCS#12 file, or several in PEM, DER or PKCS#7, in any order."
        files={draft.files}
        fault={faults.files}
        onChange={(files) => change({ files })}
      />
      <PasswordInput
        name="password"
        label="Password of the file"
        description="Where it has one."
        autoComplete="off"
        error={faults.password}
        value={draft.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
    </Section>
  );
}

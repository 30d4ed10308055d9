import { NativeSelect, Textarea } from '@mantine/core';
import { useClientCertificates } from '../../api/client-certificates.ts';
import { useNow } from '../../elements/instant.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { lifeLeftWords } from '../../words/time.ts';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';
import styles from './connection-form.module.css';

/** Our client certificate goes with every request unless somebody writes down why not. */
export function ClientCertificateSection({ draft, faults, change }: SectionProperties) {
  const certificates = useClientCertificates();
  const now = useNow(60_000);
  const options = (certificates.data ?? []).map((certificate) => ({
    value: certificate.id,
    label: `${certificate.name}: ${certificateKindWords(certificate.kind)}, ${lifeLeftWords(certificate.notAfter, now)}`,
  }));
  return (
    <Section
      title="Client certificate"
      reason="On by default: it goes with every request, so that the customer’s enforcer can tell us from anybody else."
    >
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.withClientCertificate}
          onChange={(event) => change({ withClientCertificate: event.currentTarget.checked })}
        />
        <span>
          <strong>Show our client certificate</strong>
          <span className={styles.note}>
            Mutual TLS. Nothing leaves before the five checks have accepted the far side.
          </span>
        </span>
      </label>
      {draft.withClientCertificate ? (
        <NativeSelect
          name="clientCertificateId"
          label="Which one"
          error={faults.clientCertificateId}
          data={[{ value: '', label: 'The operator’s default' }, ...options]}
          value={draft.clientCertificateId}
          onChange={(event) => change({ clientCertificateId: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          name="withoutReason"
          label="Why without?"
          description="Kept in the terms and in the audit, and shown wherever this connection is shown."
          required
          rows={2}
          error={faults.withoutReason}
          value={draft.withoutReason}
          onChange={(event) => change({ withoutReason: event.currentTarget.value })}
        />
      )}
    </Section>
  );
}

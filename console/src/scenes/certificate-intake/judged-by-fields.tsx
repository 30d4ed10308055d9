import type { AgreedRoot, ClientCertificateKind } from '@sallyport/console-api';
import { Textarea, TextInput } from '@mantine/core';
import type { CorrectionDraft, CorrectionField } from '../client-certificate/correction-draft.ts';
import { Choice } from '../new-connection/choice.tsx';
import styles from './file-picker.module.css';

interface JudgedByFieldsProperties {
  /** As it is written down: between the operator's and a customer's own no kind can be corrected. */
  readonly kind: ClientCertificateKind;
  readonly agreedRoots: readonly AgreedRoot[];
  readonly draft: CorrectionDraft;
  readonly faultOf: (field: CorrectionField) => string | undefined;
  readonly change: (part: Partial<CorrectionDraft>) => void;
}

/** What a certificate, there or to come, is judged by: kind, domain, and from whom it has to come. */
export function JudgedByFields({ kind, agreedRoots, draft, faultOf, change }: JudgedByFieldsProperties) {
  const kindFault = faultOf('kind');
  return (
    <>
      {kind === 'customer-custom' ? null : (
        <Choice
          legend="Kind"
          value={draft.kind}
          options={[
            { value: 'operator-named', label: 'Operator, named', meaning: 'Ours, for one purpose or customer.' },
            { value: 'operator-wildcard', label: 'Operator wildcard', meaning: 'Ours, shown to many customers.' },
          ]}
          onChange={(chosen) => change({ kind: chosen })}
        />
      )}
      {kindFault === undefined ? null : (
        <p className={styles.fault} role="alert">
          {kindFault}
        </p>
      )}
      <TextInput
        name="domain"
        label="Domain"
        description="Under which its names must lie; empty where none was agreed."
        maxLength={253}
        error={faultOf('domain')}
        value={draft.domain}
        onChange={(event) => change({ domain: event.currentTarget.value })}
      />
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
          description={
            agreedRoots.length === 0
              ? 'None are written down. Certificates only, no key.'
              : `Left empty, they stay: ${agreedRoots.map(({ subject }) => subject).join('; ')}.`
          }
          rows={5}
          spellCheck={false}
          error={faultOf('anchorsPem')}
          value={draft.anchorsPem}
          onChange={(event) => change({ anchorsPem: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

import { PasswordInput, TextInput } from '@mantine/core';
import { Choice } from './choice.tsx';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** How Jira knows the service account. */
export function AuthenticationSection({ draft, faults, change, existing }: SectionProperties) {
  const withToken = draft.authenticationKind === 'pat';
  return (
    <Section
      title="Authentication"
      reason="How Jira knows the service account, beside the client certificate. It is sealed for the connectors on arrival; the web tier cannot read it again."
    >
      <Choice
        legend="Kind"
        value={draft.authenticationKind}
        options={[
          { value: 'pat', label: 'Personal access token', meaning: 'Can be revoked alone; Jira 8.14 and later.' },
          { value: 'basic', label: 'User name and password', meaning: 'Where tokens are not available.' },
        ]}
        onChange={(authenticationKind) => change({ authenticationKind })}
      />
      <TextInput
        name="accountName"
        label={withToken ? 'Service account (optional)' : 'User name'}
        description={withToken ? 'Given, every answer must come from this account.' : undefined}
        required={!withToken}
        autoComplete="off"
        error={faults.accountName}
        value={draft.accountName}
        onChange={(event) => change({ accountName: event.currentTarget.value })}
      />
      <PasswordInput
        name="secret"
        label={withToken ? 'Token' : 'Password'}
        description={existing ? 'Left empty, the one that is sealed stays.' : undefined}
        required={!existing}
        autoComplete="off"
        error={faults.secret}
        value={draft.secret}
        onChange={(event) => change({ secret: event.currentTarget.value })}
      />
    </Section>
  );
}

import { TextInput } from '@mantine/core';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** Whose Jira it is, where, and what is read of it. */
export function JiraSection(properties: SectionProperties & { readonly customerNames: readonly string[] }) {
  const { draft, faults, change, existing, customerNames } = properties;
  return (
    <Section
      title="Jira"
      reason="Whose Jira it is, where it answers, and which projects are read. A Jira host belongs to one customer."
    >
      {existing ? null : (
        <>
          <TextInput
            name="customerName"
            label="Customer"
            required
            list="customers"
            autoComplete="off"
            error={faults.customerName}
            value={draft.customerName}
            onChange={(event) => change({ customerName: event.currentTarget.value })}
          />
          <datalist id="customers">
            {customerNames.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
      <TextInput
        name="baseUrl"
        label="Base URL"
        description={
          existing
            ? 'Another path or port; the host stays.'
            : 'With the context path, such as https://jira.example.com/jira'
        }
        type="url"
        inputMode="url"
        required
        autoComplete="off"
        error={faults.baseUrl}
        value={draft.baseUrl}
        onChange={(event) => change({ baseUrl: event.currentTarget.value })}
      />
      <TextInput
        name="projectKeys"
        label="Project keys"
        description="Separated by commas, such as PROJ, OPS"
        required
        autoComplete="off"
        error={faults.projectKeys}
        value={draft.projectKeys}
        onChange={(event) => change({ projectKeys: event.currentTarget.value })}
      />
    </Section>
  );
}

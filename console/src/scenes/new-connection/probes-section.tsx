import { Choice } from './choice.tsx';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** What the doctor may try at the far side. */
export function ProbesSection({ draft, change }: SectionProperties) {
  return (
    <Section
      title="Probes"
      reason="What the doctor may try when something fails, or when somebody asks whether the far side really enforces mutual TLS."
    >
      <Choice
        legend="What may be tried"
        value={draft.probes}
        options={[
          { value: 'positive', label: 'Only what must succeed', meaning: 'Enforcement is then not proven.' },
          {
            value: 'negative',
            label: 'Also what must be refused',
            meaning:
              'Without a certificate, and with a throw-away one: few, under one published identity, so that their intrusion prevention knows us.',
          },
        ]}
        onChange={(probes) => change({ probes })}
      />
    </Section>
  );
}

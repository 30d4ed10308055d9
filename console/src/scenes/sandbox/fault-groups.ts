import type { Sandbox } from '@sallyport/console-api';

/** A fault that the sandbox's far side can show, with its words. */
export type SandboxFaultRow = Sandbox['faultList'][number];
export type FaultGroup = SandboxFaultRow['group'];

/** The groups in the order in which a connection meets them. */
export const faultGroups: readonly { readonly group: FaultGroup; readonly title: string }[] = [
  { group: 'server', title: 'The server’s certificate and TLS' },
  { group: 'client-certificate', title: 'What the enforcer makes of our certificate' },
  { group: 'revocation-source', title: 'Where revocation data comes from' },
  { group: 'jira', title: 'Jira behind the enforcer' },
];

/** Faults whose name or words hold every word that was typed. */
export function faultsThatFit(rows: readonly SandboxFaultRow[], search: string): readonly SandboxFaultRow[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return rows.filter(({ name, label, shows }) => {
    const text = `${name} ${label} ${shows}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

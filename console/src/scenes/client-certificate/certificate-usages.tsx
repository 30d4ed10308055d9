import type { ClientCertificate } from '@sallyport/console-api';
import { Link } from 'react-router';
import { FactTable } from '../../elements/fact-table.tsx';
import { Pill } from '../../elements/pill.tsx';
import type { Tone } from '../../words/tone.ts';

type Pointer = ClientCertificate['usages'][number]['pointer'];

const pointers: Readonly<Record<Pointer, { readonly tone: Tone; readonly word: string; readonly means: string }>> = {
  current: { tone: 'ok', word: 'current', means: 'presents it now' },
  next: { tone: 'info', word: 'next', means: 'will present it after a swap' },
  previous: { tone: 'idle', word: 'previous', means: 'may go back to it until the window of the last swap closes' },
};

/** The connections that present the certificate, will, or did until the window of a swap closes. */
export function CertificateUsages({ usages }: { usages: ClientCertificate['usages'] }) {
  if (usages.length === 0) return <p>No connection uses it.</p>;
  return (
    <FactTable
      caption="Connections that use this certificate"
      columns={['Connection', 'Customer', 'Pointer', 'It']}
      narrow="stack"
      rows={usages.map(({ connectionId, connectionName, customerName, pointer }) => ({
        id: `${connectionId} ${pointer}`,
        cells: [
          <Link key="connection" to={`/connections/${connectionId}`}>
            {connectionName}
          </Link>,
          customerName,
          <span key="pointer">
            <Pill tone={pointers[pointer].tone}>{pointers[pointer].word}</Pill>
          </span>,
          pointers[pointer].means,
        ],
      }))}
    />
  );
}

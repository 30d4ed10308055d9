import type { SwapAsk, SwapDetail } from '@sallyport/console-api';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { swapActorWords } from '../../words/swap-evidence.ts';

const askWords: Readonly<Record<SwapAsk, string>> = {
  trusted: 'That the customer trusts it',
  'canary-at': 'Canary at an agreed time',
  canary: 'Canary now',
  schedule: 'A window',
  activate: 'Activate',
  'roll-back': 'Roll back',
  finish: 'Finish now',
  resume: 'Go on',
  cancel: 'Cancel',
};

/** What people asked for, and what the connectors answered: a refusal is evidence too. */
export function SwapRequests({ requests, names }: Pick<SwapDetail, 'requests' | 'names'>) {
  if (requests.length === 0) return null;
  return (
    <Panel title="What people asked for">
      <FactTable
        caption="What people asked for"
        columns={['Asked', 'By', 'When', 'Answer']}
        rows={requests.map(({ id, ask, by, at, detail, answeredAt, refusal }) => ({
          id,
          cells: [
            [askWords[ask], ...reasonOf(detail)].join(': '),
            swapActorWords(by, names),
            <Instant key="when" at={at} form="full" />,
            answeredAt === null ? (
              <Pill tone="info">no connector has taken it up yet</Pill>
            ) : refusal === null ? (
              <Pill tone="ok">done</Pill>
            ) : (
              <>
                <Pill tone="warn">refused</Pill> {refusal.message}
              </>
            ),
          ],
        }))}
      />
    </Panel>
  );
}

function reasonOf(detail: unknown): string[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail).flatMap(([name, value]) =>
    (name === 'reason' || name === 'note') && typeof value === 'string' ? [value] : [],
  );
}

import type { SealKey } from '@sallyport/console-api';
import { EmptyState } from '../../elements/empty-state.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import styles from './custody.module.css';
import { KeyCard } from './key-card.tsx';

/** The keys in use, each with who holds it and what is sealed to it; those that are retired below. */
export function SealKeys({ keys }: { keys: readonly SealKey[] }) {
  if (keys.length === 0)
    return (
      <EmptyState title="There is no key yet.">
        The first connector that starts makes one. Until then nothing can be sealed: no credential, no certificate.
        Start one with <code>./sallyport connector</code>.
      </EmptyState>
    );
  const inUse = keys.filter(({ state }) => state !== 'retired');
  const retired = keys.filter(({ state }) => state === 'retired');
  return (
    <>
      <Summary keys={inUse} />
      <Panel title={inUse.length === 1 ? 'The connectors’ key' : 'The connectors’ keys'}>
        <ul className={styles.keys}>
          {inUse.map((key) => (
            <li key={key.id}>
              <KeyCard sealKey={key} othersAreHeld={isHeldBeside(key, inUse)} />
            </li>
          ))}
        </ul>
        {retired.length === 0 ? null : (
          <details className={styles.retired}>
            <summary>
              {retired.length === 1 ? 'One key is retired' : `${retired.length} keys are retired`}: nothing is sealed to
              {retired.length === 1 ? ' it' : ' them'}
            </summary>
            <FactTable
              caption="Retired keys"
              narrow="stack"
              columns={['Key', 'In use from', 'Retired', 'Replaced by']}
              rows={retired.map(({ id, createdAt, retiredAt, replacedBy }) => ({
                id,
                cells: [
                  <code key="id">{id}</code>,
                  <Instant key="from" at={createdAt} form="full" />,
                  retiredAt === null ? '–' : <Instant key="retired" at={retiredAt} form="full" />,
                  replacedBy === null ? '–' : <code key="by">{replacedBy}</code>,
                ],
              }))}
            />
          </details>
        )}
      </Panel>
    </>
  );
}

function isHeldBeside(key: SealKey, keys: readonly SealKey[]): boolean {
  return keys.some(({ id, state, connectors }) => id !== key.id && state === 'current' && connectors.length > 0);
}

function Summary({ keys }: { keys: readonly SealKey[] }) {
  const current = keys.filter(({ state }) => state === 'current');
  const held = current.filter(({ connectors }) => connectors.length > 0);
  if (held.length === 0)
    return (
      <Notice tone="bad" title="No running connector holds a key in use: nothing that is sealed can be opened now.">
        <p>
          We, the operator, must act: start the connectors that have the key file. Without it nobody can open what is
          sealed; restore <code>connector/seal-key.json</code> from its backup where it was lost.
        </p>
      </Notice>
    );
  if (held.length < current.length)
    return (
      <Notice tone="warn" title="A key in use is held by no running connector.">
        <p>
          Every key in use has its own copy of every secret, so that the other connectors go on. We, the operator, must
          act: start the connector of that key again, or take the key out of use where that connector is gone for good.
        </p>
      </Notice>
    );
  const names = new Set(held.flatMap(({ connectors }) => connectors));
  return (
    <Notice
      tone="ok"
      title={`${names.size === 1 ? 'One running connector' : `${names.size} running connectors`} can open what is sealed; the web tier cannot.`}
    />
  );
}

import type { CertificateRequest } from '@sallyport/console-api';
import { StateLine, type LineState } from '../../elements/state-line.tsx';

const reached: Readonly<Record<CertificateRequest['state'], number>> = {
  'making-key': 0,
  open: 1,
  fulfilled: 3,
  'key-destroyed': 3,
  withdrawn: 1,
  failed: 0,
};
const steps = ['Key made', 'At the authority', 'Given back'] as const;

/** Where a request stands. */
export function RequestSteps({ state }: { state: CertificateRequest['state'] }) {
  const at = reached[state];
  const stopped = state === 'withdrawn' || state === 'failed';
  const when = (index: number): LineState['when'] =>
    index < at ? 'past' : index > at ? 'ahead' : stopped ? 'stopped' : 'now';
  return (
    <StateLine label="Where the request stands" states={steps.map((name, index) => ({ name, when: when(index) }))} />
  );
}

/** The whole matrix. A new group of faults is one file and one line here. */
import type { FaultWorld } from '../authority/world.ts';
import type { MatrixRow } from '../fault-case.ts';
import { clientCertificateFaultRows } from './client-certificate-faults.ts';
import { revocationSourceRows } from './revocation-source-faults.ts';
import { serverFaultRows } from './server-faults.ts';

export function matrixRows(world: FaultWorld): readonly MatrixRow[] {
  return [...serverFaultRows(world), ...clientCertificateFaultRows(world), ...revocationSourceRows(world)];
}

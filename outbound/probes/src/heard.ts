import type { Sightings } from './probe.ts';

/** Whether a hello got a ServerHello of the policy's version. */
export function heardServer(seen: Sightings, probe: string): boolean {
  return seen.hellos.some((one) => one.probe === probe && one.outcome === 'server-hello' && one.version === 'TLS 1.2');
}

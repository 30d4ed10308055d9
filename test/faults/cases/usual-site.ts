/** A far side without a fault: every case changes one thing about it. */
import type { FaultWorld } from '../authority/world.ts';
import type { Site } from '../far-sides/site.ts';

/** @param changes what is wrong, or what a case needs besides */
export function usualSite(world: FaultWorld, changes: Partial<Site> = {}): Site {
  return {
    identity: world.server(),
    asks: 'required',
    clientAnchors: world.certificateOf('root'),
    clientRevocation: null,
    version: 'TLSv1.2',
    suites: 'usual',
    clientSignatures: 'any',
    staple: null,
    ...changes,
  };
}

/** The first step of a dial: a stream on which the target will answer, straight or through the connection's forward proxy. */
import type { Duplex } from 'node:stream';
import type { Deadline } from './deadline.ts';
import type { DialRecord } from './dial-record.ts';
import type { DialTarget } from './dial-target.ts';
import { reachAddress, resolveHost } from './reach-address.ts';

export interface ReachedTarget {
  readonly stream: Duplex;
  /** Epoch milliseconds: when the certificate of an https proxy ends; Infinity where none stands between. */
  readonly usableUntil: number;
}

/** Nothing has been said to the target yet when it resolves. @throws DialError */
export async function reachTarget(target: DialTarget, record: DialRecord, deadline: Deadline): Promise<ReachedTarget> {
  const place = target.connectTo ?? target;
  const addresses = await resolveHost(place.host, target.allowPrivate, deadline);
  record.mark('resolved');
  const tcp = await reachAddress(addresses, place.port, deadline);
  record.reached(tcp);
  return { stream: tcp, usableUntil: Infinity };
}

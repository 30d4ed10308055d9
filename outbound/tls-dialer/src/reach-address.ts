/** From a host to a TCP connection: resolved once, every address guarded, and that address dialled, never the name again (SSRF). */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { guardAddress, readIpAddress } from '@sallyport/addresses';
import type { Deadline } from './deadline.ts';
import { DialError } from './dial-error.ts';

/** Addresses of one name that are tried. */
const mostAddresses = 8;

/** Every address of the host, each guarded. @throws DialError `dns`, `address-forbidden` */
export async function resolveHost(host: string, allowPrivate: boolean, deadline: Deadline): Promise<readonly string[]> {
  const addresses = readIpAddress(host) === null ? await lookUp(host, deadline) : [host];
  for (const address of addresses) {
    // One forbidden address among many is enough: a name that mixes them is made to slip through.
    const refusal = guardAddress(address, { allowPrivate });
    if (refusal !== null) throw new DialError('address-forbidden', refusal.message, 'operator');
  }
  return addresses.slice(0, mostAddresses);
}

async function lookUp(host: string, deadline: Deadline): Promise<readonly string[]> {
  try {
    const found = await deadline.within(lookup(host, { all: true, order: 'verbatim' }));
    if (found.length > 0) return found.map(({ address }) => address);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === undefined)
      throw new DialError('dns', `The name ${host} was not resolved within the time that a dial has.`, 'network-team');
    if (code === 'EAI_AGAIN') throw new DialError('dns', `No name server answered for ${host}.`, 'network-team');
  }
  throw new DialError('dns', `The name ${host} has no address.`, 'customer');
}

/** A connection to the first address that answers. @throws DialError `connect-refused`, `connect-timeout` */
export async function reachAddress(addresses: readonly string[], port: number, deadline: Deadline): Promise<Socket> {
  let last = new DialError('connect-timeout', 'There is no address to dial.', 'customer');
  for (const address of addresses) {
    const socket = connect({ host: address, port, noDelay: true });
    const opened = Promise.withResolvers<void>();
    socket.once('connect', opened.resolve);
    socket.once('error', opened.reject);
    try {
      await deadline.within(opened.promise);
      socket.removeAllListeners('error');
      return socket;
    } catch (error) {
      socket.on('error', () => undefined);
      socket.destroy();
      const { code } = error as { code?: unknown };
      if (code === undefined) throw timeoutOf(address, port);
      last = refusalOf(String(code), address, port);
    }
  }
  throw last;
}

function timeoutOf(address: string, port: number): DialError {
  return new DialError(
    'connect-timeout',
    `Nothing answered at ${place(address, port)}; a firewall may drop what we send.`,
    'network-team',
  );
}

function refusalOf(code: string, address: string, port: number): DialError {
  if (code === 'ETIMEDOUT') return timeoutOf(address, port);
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL')
    return new DialError('connect-timeout', `There is no way to ${place(address, port)} (${code}).`, 'network-team');
  return new DialError('connect-refused', `${place(address, port)} refuses connections (${code}).`, 'customer');
}

function place(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

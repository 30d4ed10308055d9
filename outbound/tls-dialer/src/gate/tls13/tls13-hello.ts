/** ServerHello of TLS 1.3 (RFC 8446 §4.1.3): the last message in plaintext. What it chose decides how the rest is read. */
import { MessageCursor } from '../message-reader.ts';
import { protocolError } from '../gate-failure.ts';

export interface Tls13Hello {
  /** IANA number. */
  readonly suite: number;
  /** Number of the named group of the key share. */
  readonly group: number;
  /** HelloRetryRequest: another ClientHello is asked for (§4.1.4). */
  readonly retry: boolean;
}

const serverHello = 2;
const extension = { supportedVersions: 43, keyShare: 51 } as const;
const tls13 = 0x0304;
/** SHA-256 of "HelloRetryRequest". */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Null where the handshake record holds no whole ServerHello, or one that chose an older version. @throws GateFailure */
export function readTls13Hello(payload: Uint8Array): Tls13Hello | null {
  const [type, high = 0, middle = 0, low = 0] = payload;
  const length = high * 65_536 + middle * 256 + low;
  if (type !== serverHello || payload.length < 4 + length) return null;
  const cursor = new MessageCursor(payload.subarray(4, 4 + length), 'ServerHello');
  cursor.number(2);
  const random = cursor.take(32);
  cursor.vector(1);
  const suite = cursor.number(2);
  const compression = cursor.number(1);
  if (cursor.done) return null;
  const extensions = new MessageCursor(cursor.vector(2), 'ServerHello');
  cursor.finish();
  let version = 0;
  let group: number | null = null;
  while (!extensions.done) {
    const kind = extensions.number(2);
    const content = new MessageCursor(extensions.vector(2), 'ServerHello');
    if (kind === extension.supportedVersions) version = content.number(2);
    else if (kind === extension.keyShare) group = content.number(2);
  }
  if (version !== tls13) return null;
  // §5.1: keys change behind ServerHello, so nothing shares its record.
  if (payload.length !== 4 + length) throw protocolError('The far side sent more in the record of its ServerHello.');
  if (compression !== 0) throw protocolError('ServerHello chose compression.');
  if (group === null) throw protocolError('ServerHello chose no group for the key exchange.');
  return { suite, group, retry: Buffer.from(random).toString('hex') === retryRandom };
}

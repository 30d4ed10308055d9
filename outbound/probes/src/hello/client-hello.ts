/**
 * A ClientHello of our own making (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2), for questions that no policy of ours would ask: older and newer
 * versions, one suite alone, no server name. It is all that leaves of us; no handshake is ever completed with it.
 */
import { randomBytes } from 'node:crypto';

export interface HelloOffer {
  /** Two octets, e.g. 0x0303 for TLS 1.2. For TLS 1.3 it stays 0x0303 and `offersTls13` is set. */
  readonly version: number;
  readonly offersTls13: boolean;
  /** IANA numbers. */
  readonly suites: readonly number[];
  /** Null: no server name is sent. */
  readonly serverName: string | null;
}

const extension = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  pskKeyExchangeModes: 45,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** X25519, P-256, P-384. */
const groups = [29, 23, 24];
/** Those of the policies, and SHA-1 forms: a far side that has only them shall say so rather than hang up. */
const schemes = [0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201];

/** One handshake record. */
export function writeClientHello(offer: HelloOffer): Buffer {
  const body = Buffer.concat([
    number16(offer.version),
    randomBytes(32),
    // RFC 8446 appendix D.4: a session id makes middleboxes take it for a resumption of TLS 1.2.
    offer.offersTls13 ? vector8(randomBytes(32)) : vector8(Buffer.alloc(0)),
    vector16(Buffer.concat(offer.suites.map(number16))),
    vector8(Buffer.from([0])),
    vector16(Buffer.concat(extensionsOf(offer))),
  ]);
  const message = Buffer.concat([Buffer.from([1, 0]), number16(body.length), body]);
  // RFC 5246 appendix E.1: the record of a first ClientHello says TLS 1.0 for the sake of old servers.
  return Buffer.concat([Buffer.from([22, 3, 1]), number16(message.length), message]);
}

function extensionsOf(offer: HelloOffer): Buffer[] {
  const extensions: Buffer[] = [];
  const add = (type: number, content: Buffer): void => {
    extensions.push(number16(type), vector16(content));
  };
  if (offer.serverName !== null)
    add(
      extension.serverName,
      vector16(Buffer.concat([Buffer.from([0]), vector16(Buffer.from(offer.serverName, 'latin1'))])),
    );
  add(extension.supportedGroups, vector16(Buffer.concat(groups.map(number16))));
  add(extension.ecPointFormats, vector8(Buffer.from([0])));
  // RFC 5246 §7.4.1.4.1: not for clients that offer less than TLS 1.2.
  if (offer.version >= 0x0303) add(extension.signatureAlgorithms, vector16(Buffer.concat(schemes.map(number16))));
  add(extension.extendedMasterSecret, Buffer.alloc(0));
  add(extension.renegotiationInfo, Buffer.from([0]));
  add(extension.statusRequest, Buffer.from([1, 0, 0, 0, 0]));
  if (offer.offersTls13) {
    add(extension.supportedVersions, vector8(number16(0x0304)));
    add(extension.pskKeyExchangeModes, vector8(Buffer.from([1])));
    // Any 32 octets are a point of X25519; nobody will ever compute with this one.
    add(extension.keyShare, vector16(Buffer.concat([number16(29), vector16(randomBytes(32))])));
  }
  return extensions;
}

function number16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

function vector8(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([content.length]), content]);
}

function vector16(content: Buffer): Buffer {
  return Buffer.concat([number16(content.length), content]);
}

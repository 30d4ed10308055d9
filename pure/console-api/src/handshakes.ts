/** Evidence of one dial. */
import { z } from 'zod';
import { fiveCheckReport, finding, verdict } from './checks.ts';
import { instant, sha256, uuid } from './instant.ts';
import { revocationAnswer } from './revocation.ts';

export const clientCertificateOutcome = z.enum(['accepted', 'refused', 'not-requested', 'unknown']);
export type ClientCertificateOutcome = z.infer<typeof clientCertificateOutcome>;

/** The forward proxy on the way; its credentials are nowhere in it. */
export const handshakeProxy = z
  .object({
    url: z.string(),
    authentication: z.enum(['none', 'basic']),
    /** The stations as `host:port`: the proxy, then what it was asked to reach. */
    path: z.array(z.string()),
    /** Of the proxy's own certificate; null over http. */
    report: fiveCheckReport.nullable(),
    tls: z.object({ protocol: z.string(), suite: z.string(), keyExchange: z.string().nullable() }).nullable(),
    /** Of its answer to CONNECT. */
    status: z.int().nullable(),
  })
  .meta({ id: 'HandshakeProxy' });

export const handshake = z
  .object({
    id: uuid,
    connectionId: uuid,
    at: instant,
    purpose: z.enum(['check', 'proof', 'sync', 'canary']),
    verdict,
    connectorId: z.string(),
    /** The terms that this dial ran under. */
    termsSha256: sha256,
    termsVersion: z.int().nullable(),
    host: z.string(),
    port: z.int(),
    /** The address that was dialled; null where no name resolved or it was forbidden. */
    address: z.string().nullable(),
    sourceAddress: z.string().nullable(),
    policy: z.string(),
    /** Null where the dial ended before there was anything to judge. */
    report: fiveCheckReport.nullable(),
    clientCertificate: z.object({
      requested: z.boolean(),
      sent: z.boolean(),
      /** Distinguished names of the authorities that the far side accepts; empty: any. */
      acceptedIssuers: z.array(z.string()),
    }),
    clientCertificateName: z.string().nullable(),
    clientCertificateOutcome: clientCertificateOutcome.nullable(),
    tls: z.object({ protocol: z.string(), suite: z.string(), keyExchange: z.string().nullable() }).nullable(),
    /** Absent where the far side was dialled itself. */
    proxy: handshakeProxy.optional(),
    /** Of the one harmless request after an accepted dial. */
    httpStatus: z.int().nullable(),
    /** How long the far side's first flight was held while it was judged. */
    heldMilliseconds: z.number().nullable(),
    /** Milliseconds by phase, e.g. `tcp`, `handshake`. */
    timings: z.record(z.string(), z.number()),
    error: finding.nullable(),
    /** SHA-256 of the certificates as they were sent, in their order. */
    chainSha256: z.array(sha256),
    /** Which CRLs and OCSP answers were used; absent where none was recorded. */
    revocation: z.array(revocationAnswer).optional(),
  })
  .meta({ id: 'Handshake' });
export type Handshake = z.infer<typeof handshake>;

/** GET /handshakes/{id}: also the chain itself. */
export const handshakeDetail = handshake
  .extend({ chainPem: z.array(z.string()).describe('The certificates as sent, one PEM block each.') })
  .meta({ id: 'HandshakeDetail' });
export type HandshakeDetail = z.infer<typeof handshakeDetail>;

export const handshakeList = z.object({ items: z.array(handshake) }).meta({ id: 'HandshakeList' });
export type HandshakeList = z.infer<typeof handshakeList>;

export const handshakeQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });

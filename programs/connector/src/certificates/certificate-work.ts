/** The repeated work on certificates that come in, and on custody. */
import type { Connector } from '../connector.ts';
import { custodyMilliseconds, keepCustody } from '../custody/custody-work.ts';
import type { SealKeyring } from '../custody/seal-keyring.ts';
import { errorFields } from '../log.ts';
import { repeat, type Repetition } from '../repeat.ts';
import { correctCertificates } from './correct-certificates.ts';
import { takeUploadsIn } from './intake-job.ts';
import { judgeInventoryAgain, judgeInventoryFirst, judgeWebCertificates } from './judge-again.ts';
import { makeRequestedKeys } from './make-key.ts';

/** Somebody waits for these. */
const intakeMilliseconds = 700;
const againMilliseconds = 15_000;

export interface CertificateWork {
  stop(): Promise<void>;
}

export function workOnCertificates(connector: Connector & { readonly sealKey: SealKeyring }): CertificateWork {
  const { log } = connector;
  const told = (event: string) => (error: unknown) => log.warn({ event, ...errorFields(error) });
  const repetitions: Repetition[] = [
    repeat(intakeMilliseconds, () => makeRequestedKeys(connector), told('certificate-request.failed')),
    repeat(intakeMilliseconds, () => takeUploadsIn(connector), told('certificate-upload.failed')),
    repeat(intakeMilliseconds, () => judgeInventoryFirst(connector), told('client-certificate.not-judged')),
    repeat(intakeMilliseconds, () => correctCertificates(connector), told('client-certificate.not-corrected')),
    repeat(custodyMilliseconds, () => keepCustody(connector, Date.now()), told('custody.failed')),
    repeat(againMilliseconds, () => judgeInventoryAgain(connector), told('client-certificate.not-judged')),
    repeat(custodyMilliseconds, () => judgeWebCertificates(connector), told('web-certificate.not-judged')),
  ];
  return { stop: async () => void (await Promise.all(repetitions.map((repetition) => repetition.stop()))) };
}

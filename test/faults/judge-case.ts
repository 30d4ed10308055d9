/** Runs one case: the dial and the harmless GET of `sallyport check`, and what of its document decides. */
import {
  checkOnce,
  readAnchors,
  type CheckDocument,
  type DialTarget,
  type RevocationData,
} from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import type { FaultWorld } from './authority/world.ts';
import { faultHost } from './authority/world.ts';
import type { FaultCase, Judgement } from './fault-case.ts';
import type { FarSide } from './far-sides/site.ts';

/** As a person's check has, a little less: nothing here is far away. */
const deadlineMilliseconds = 12_000;

export function targetOf(
  fault: FaultCase,
  farSide: FarSide,
  world: FaultWorld,
  revocationData: RevocationData,
): DialTarget {
  const anchors = readAnchors(world.certificateOf('root'));
  if (!anchors.ok) throw new Error(anchors.message);
  return {
    host: faultHost,
    port: farSide.port,
    connectTo: { host: '127.0.0.1', port: farSide.port },
    policy: tls12Six,
    anchors: anchors.anchors,
    allowPrivate: true,
    revocation: fault.revocation,
    revocationData,
    clientCertificate:
      fault.client === null ? null : { certificatePem: fault.client.chainPem, keyPem: fault.client.keyPem },
    at: null,
    deadlineMilliseconds,
  };
}

export async function checkCase(target: DialTarget, farSide: FarSide): Promise<CheckDocument> {
  return checkOnce({
    target,
    path: farSide.path,
    requestDeadlineMilliseconds: deadlineMilliseconds,
  });
}

/** How the far side, or the source of revocation data, told it: an alert, an HTTP status, the code of a fetch; null for nothing of that kind. */
export function toldBy({ verdict, checks, clientCertificate }: CheckDocument): string | null {
  if (verdict === 'refused') {
    const { sourceCode } = checks.revocation.evidence;
    return checks.revocation.status !== 'pass' && typeof sourceCode === 'string' ? sourceCode : null;
  }
  const { alert, httpStatus } = clientCertificate.evidence;
  if (typeof alert === 'number') return `alert ${alert}`;
  return typeof httpStatus === 'number' && clientCertificate.outcome === 'refused' ? `HTTP ${httpStatus}` : null;
}

/** What decided, in the words of the matrix. */
export function judgementOf(document: CheckDocument): Judgement {
  const { verdict, checks, clientCertificate, error } = document;
  if (verdict === 'refused') {
    const names = ['revocation', 'signature', 'trust', 'validity', 'name'] as const;
    // Under a hard policy an unknown refuses without any check that failed.
    const check = names.find((name) => checks[name].status === 'fail') ?? 'revocation';
    return { verdict, check, code: checks[check].code };
  }
  if (verdict === 'none') return { verdict, check: 'handshake', code: error?.code ?? null };
  const { code } = clientCertificate.evidence;
  if (clientCertificate.outcome === 'accepted') return { verdict, check: null, code: null };
  return { verdict, check: 'client-certificate', code: typeof code === 'string' ? code : clientCertificate.outcome };
}

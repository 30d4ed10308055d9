/** The doctor's exam: the same far side, looked at by the doctor's probes; what it says first, and who must act. */
import { readBaseUrl } from '@sallyport/addresses';
import { diagnose, type Finding, type Observations } from '@sallyport/diagnosis';
import { runDoctor } from '@sallyport/probes';
import type { DialTarget } from '@sallyport/tls-dialer';
import type { FarSide } from './far-sides/site.ts';

export interface Diagnosis {
  /** Rule of the first finding; null where nothing is wrong. */
  readonly top: string | null;
  readonly actor: string | null;
  readonly findings: readonly Finding[];
  readonly observations: Observations;
  readonly handshakes: number;
  readonly milliseconds: number;
}

/**
 * @param target the same as for the dial
 * @param negativeProbes whether probes run that a far side refuses on purpose; by itself the doctor never uses them
 */
export async function askDoctor(target: DialTarget, { path }: FarSide, negativeProbes: boolean): Promise<Diagnosis> {
  const url = readBaseUrl(`https://${target.host}:${target.port}${path}`);
  if (!url.ok) throw new Error(url.error.message);
  const run = await runDoctor({
    target,
    url: url.value,
    negativeProbes,
    otherName: null,
    bearer: null,
    authentication: null,
    restPaths: null,
    lastError: null,
    serialSeenThere: null,
    timeZone: 'UTC',
  });
  const findings = diagnose(run.observations);
  // A note is no answer to "what is wrong".
  const top = findings.find(({ severity }) => severity !== 'note') ?? null;
  return {
    top: top?.rule ?? null,
    actor: top?.actor ?? null,
    findings,
    observations: run.observations,
    handshakes: run.handshakes,
    milliseconds: run.milliseconds,
  };
}

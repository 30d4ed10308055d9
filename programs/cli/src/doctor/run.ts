/** `sallyport doctor`: arguments, files, one run of probes, ranked findings. */
import { diagnose, enforcementOf, verdictOf } from '@sallyport/diagnosis';
import type { Observations } from '@sallyport/diagnosis';
import { emptyObservations, runDoctor } from '@sallyport/probes';
import type { DoctorOptions, ProbeRun } from '@sallyport/probes';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import { UsageError } from '../check/check-arguments.ts';
import { readAnchorsFile, readClientFiles, readTextFile } from '../check/pem-files.ts';
import { readProxyFiles } from '../check/proxy-files.ts';
import { openRevocation } from '../check/revocation-cache.ts';
import type { Output } from '../check/run.ts';
import { doctorUsage, readDoctorArguments } from './doctor-arguments.ts';
import type { DoctorArguments } from './doctor-arguments.ts';
import { lockTarget } from './target-lock.ts';
import type { DoctorDocument } from './doctor-document.ts';
import { renderDoctor } from './doctor-text.ts';

/** Codes of files that say something of the certificate in them rather than of the command. */
const intakeCodes = new Set(['client-certificate-malformed', 'client-key-mismatch']);

/** Resolves to the exit code. */
export async function runDoctorCommand(words: readonly string[], output: Output): Promise<0 | 1 | 2 | 3> {
  if (words.includes('--help') || words.includes('-h')) {
    output.out(doctorUsage);
    return 0;
  }
  const json = words.includes('--json');
  try {
    const given = readDoctorArguments(words);
    const document = await examine(given);
    output.out(json ? `${JSON.stringify(document, null, 2)}\n` : renderDoctor(document));
    if (document.verdict !== 'fails') return 0;
    const { dials } = document.observations;
    return dials.length === 0 || dials.some(({ address }) => address !== null) ? 1 : 3;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (json)
      output.out(
        `${JSON.stringify({ verdict: 'fails', findings: [], error: { code: error.code, message: error.message, actor: 'operator' }, probes: [], handshakes: 0, requests: 0, milliseconds: 0 }, null, 2)}\n`,
      );
    output.error(`sallyport doctor: ${error.message}\n`);
    if (error.code === 'usage') output.error("'sallyport doctor --help' shows the options.\n");
    return 2;
  }
}

async function examine(given: DoctorArguments): Promise<DoctorDocument> {
  const { check } = given;
  const anchors = await readAnchorsFile(check.anchorsFile);
  const proxy = await readProxyFiles(check.proxy);
  await using revocation = openRevocation(check, anchors, proxy);
  const token = given.tokenFile === null ? null : (await readTextFile(given.tokenFile, 'token')).trim();
  const options = (
    clientCertificate: ClientCertificate | null,
    otherName: ClientCertificate | null,
  ): DoctorOptions => ({
    target: {
      host: check.url.host,
      port: check.url.port,
      connectTo: check.connectTo,
      policy: check.policy,
      tls13Accepted: check.acceptTls13,
      anchors,
      allowPrivate: check.allowPrivate,
      revocation: check.revocation,
      clientCertificate,
      at: check.at,
      proxy,
      ...(revocation.data === null ? {} : { revocationData: revocation.data }),
      deadlineMilliseconds: check.deadlineMilliseconds,
    },
    url: check.url,
    negativeProbes: given.negativeProbes,
    otherName,
    bearer: token === null ? null : `Bearer ${token}`,
    authentication: token === null ? null : 'pat',
    restPaths: null,
    lastError: null,
    serialSeenThere: given.serialSeenThere,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  let clientCertificate: ClientCertificate | null;
  try {
    clientCertificate = await readClientFiles(check.clientFiles);
  } catch (error) {
    if (!(error instanceof UsageError) || !intakeCodes.has(error.code)) throw error;
    const intake = { code: error.code, message: error.message };
    return documentOf({ ...emptyObservations(options(null, null), new Date().toISOString()), intake }, null);
  }
  const otherName = await readClientFiles(given.otherNameFiles);
  const lock = lockTarget(check.url.host, check.url.port);
  if (lock === null)
    throw new UsageError('doctor-busy', `Another run looks at ${check.url.host} just now; one at a time.`);
  try {
    const run = await runDoctor(options(clientCertificate, otherName));
    return documentOf(run.observations, run);
  } finally {
    lock.free();
  }
}

function documentOf(
  observations: Observations,
  run: { probes: readonly ProbeRun[]; handshakes: number; requests: number; milliseconds: number } | null,
): DoctorDocument {
  const findings = diagnose(observations);
  return {
    verdict: verdictOf(findings),
    findings,
    enforcement: enforcementOf(observations),
    probes: run?.probes ?? [],
    handshakes: run?.handshakes ?? 0,
    requests: run?.requests ?? 0,
    milliseconds: run?.milliseconds ?? 0,
    observations,
  };
}

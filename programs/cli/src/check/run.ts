/** `sallyport check`: arguments, files, one dial, one answer. */
import { checkNames } from '@sallyport/tls-policy';
import type { CheckResult, FiveChecks } from '@sallyport/tls-policy';
import { checkOnce, exitCodeOf } from '@sallyport/tls-dialer';
import type { CheckDocument, DialEvidence } from '@sallyport/tls-dialer';
import { checkUsage, readCheckArguments, UsageError } from './check-arguments.ts';
import type { CheckArguments } from './check-arguments.ts';
import { renderCheck } from './check-table.ts';
import { openRevocation } from './revocation-cache.ts';
import { readAnchorsFile, readClientFiles } from './pem-files.ts';
import { readProxyFiles } from './proxy-files.ts';

export interface Output {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** Resolves to the exit code. */
export async function runCheck(words: readonly string[], output: Output): Promise<0 | 1 | 2 | 3> {
  if (words.includes('--help') || words.includes('-h')) {
    output.out(checkUsage);
    return 0;
  }
  // Known before the arguments are, so that a machine gets its document also for a mistake.
  const json = words.includes('--json');
  try {
    return await check(readCheckArguments(words), output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (json) output.out(`${JSON.stringify(usageDocument(error), null, 2)}\n`);
    output.error(`sallyport check: ${error.message}\n`);
    if (error.code === 'usage') output.error("'sallyport check --help' shows the options.\n");
    return 2;
  }
}

async function check(given: CheckArguments, output: Output): Promise<0 | 1 | 3> {
  let evidence: DialEvidence | null = null;
  const anchors = await readAnchorsFile(given.anchorsFile);
  const proxy = await readProxyFiles(given.proxy);
  await using revocation = openRevocation(given, anchors, proxy);
  const document = await checkOnce({
    target: {
      host: given.url.host,
      port: given.url.port,
      connectTo: given.connectTo,
      policy: given.policy,
      tls13Accepted: given.acceptTls13,
      anchors,
      allowPrivate: given.allowPrivate,
      revocation: given.revocation,
      clientCertificate: await readClientFiles(given.clientFiles),
      at: given.at,
      proxy,
      ...(revocation.data === null ? {} : { revocationData: revocation.data }),
      deadlineMilliseconds: given.deadlineMilliseconds,
    },
    path: given.url.contextPath === '' ? '/' : given.url.contextPath,
    requestDeadlineMilliseconds: given.deadlineMilliseconds,
    onEvidence: (seen) => {
      evidence = seen;
    },
  });
  output.out(given.json ? `${JSON.stringify(document, null, 2)}\n` : renderCheck(document, evidence, given.url, given));
  return exitCodeOf(document, given);
}

/** Nothing was dialled: every check is `not-reached`. */
function usageDocument(error: UsageError): CheckDocument {
  const notReached: CheckResult = {
    status: 'unknown',
    code: 'not-reached',
    message: 'Nothing was dialled.',
    actor: null,
    evidence: {},
  };
  return {
    verdict: 'none',
    checks: Object.fromEntries(checkNames.map((name) => [name, notReached])) as FiveChecks,
    clientCertificate: { requested: false, sent: false, acceptedIssuers: [], outcome: 'unknown', evidence: {} },
    tls: { protocol: null, suite: null, keyExchange: null },
    http: { status: null },
    error: { code: error.code, message: error.message, actor: 'operator' },
    timings: { resolved: null, connected: null, flight: null, judged: null, secure: null, total: 0, http: null },
  };
}

/** The arguments of `sallyport doctor`: those of `check`, and a few of its own. */
import { readCheckArguments, UsageError } from '../check/check-arguments.ts';
import type { CheckArguments } from '../check/check-arguments.ts';

export interface DoctorArguments {
  readonly check: CheckArguments;
  readonly negativeProbes: boolean;
  readonly otherNameFiles: { readonly certificate: string; readonly key: string } | null;
  /** Path of a file that holds a personal access token, on one line. */
  readonly tokenFile: string | null;
  /** Serial number that the far side says it saw. */
  readonly serialSeenThere: string | null;
}

export const doctorUsage = `sallyport doctor URL [options]

Looks at one connection with up to 25 handshakes and 12 requests in at most 15 seconds, and says what is wrong, who can
repair it, what to send them, and how to see it without Sallyport. It takes the options of 'sallyport check', and:

  --negative-probes      also ask what a far side must refuse: no certificate, a throw-away one that signed itself
                         (O=Sallyport, CN=Sallyport doctor throw-away probe), each suite alone; only where the far
                         side's people know of it
  --other-cert FILE      a certificate of the same authority under another name (PEM), for the negative probes
  --other-key FILE       its private key
  --token-file FILE      a personal access token of Jira (one line); passwords are never sent
  --serial-seen HEX      serial number of our certificate that the far side says it saw
  --json                 exactly one JSON document on stdout

Exit code: 0 it works (weaknesses are told), 1 something is to be repaired, 2 usage, 3 the far side was not reached.
`;

const valued = ['--other-cert', '--other-key', '--token-file', '--serial-seen'] as const;

/** @throws UsageError */
export function readDoctorArguments(words: readonly string[]): DoctorArguments {
  const rest: string[] = [];
  const own = new Map<string, string>();
  let negativeProbes = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const [name = '', inline] = word.split(/=(.*)/s);
    if (word === '--negative-probes') negativeProbes = true;
    else if (valued.some((option) => option === name)) {
      const value = inline ?? words[++index];
      if (value === undefined || value === '') throw new UsageError('usage', `${name} takes a value.`);
      own.set(name, value);
    } else rest.push(word);
  }
  const certificate = own.get('--other-cert');
  const key = own.get('--other-key');
  if ((certificate === undefined) !== (key === undefined))
    throw new UsageError('usage', '--other-cert and --other-key belong together.');
  return {
    check: readCheckArguments(rest),
    negativeProbes,
    otherNameFiles: certificate === undefined || key === undefined ? null : { certificate, key },
    tokenFile: own.get('--token-file') ?? null,
    serialSeenThere: own.get('--serial-seen')?.replaceAll(':', '').toLowerCase() ?? null,
  };
}

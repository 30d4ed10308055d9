/** The shell script of an evidence archive: it repeats the checks with `openssl` alone, offline, as of the handshake. */

export interface ProvenCertificate {
  /** In the archive. */
  readonly file: string;
  /** Of its DER, lower-case hexadecimal: as the evidence names it. */
  readonly sha256: string;
  readonly issuerFile: string;
  /** What said that it is not revoked; null where nothing did, or where it is not kept. */
  readonly revocation: {
    readonly kind: 'crl' | 'ocsp';
    readonly file: string;
    /** Of the answer, RFC 3339; null where the evidence names none. */
    readonly thisUpdate: string | null;
    readonly nextUpdate: string | null;
  } | null;
  /** Why nothing is repeated for it. */
  readonly without: string | null;
}

export interface ProvenHandshake {
  readonly host: string;
  readonly isAddress: boolean;
  /** Seconds since 1970: the instant for which everything is judged. */
  readonly at: number;
  readonly verdict: string;
  readonly certificates: readonly ProvenCertificate[];
  readonly anchor: { readonly file: string; readonly sha256: string };
  readonly terms: { readonly file: string; readonly sha256: string };
}

/** Needs a POSIX shell and OpenSSL 1.1.1 or later; ends with 0 where every check passes, with 1 where one does not. */
export function verifyScript(proof: ProvenHandshake): string {
  const [leaf] = proof.certificates;
  const lines = [
    digestLine(proof.terms.file, proof.terms.sha256, 'terms'),
    derDigestLine(proof.anchor.file, proof.anchor.sha256, 'trust anchor'),
    ...proof.certificates.map(({ file, sha256 }) => derDigestLine(file, sha256, 'certificate as it was shown')),
    `check 'validity, trust, signature and name as of the handshake' openssl verify -attime ${proof.at} -no-CApath -no-CAfile -CAfile ${proof.anchor.file} -untrusted untrusted.pem -purpose sslserver ${proof.isAddress ? '-verify_ip' : '-verify_hostname'} ${quoted(proof.host)} ${leaf?.file ?? ''}`,
    ...proof.certificates.flatMap((certificate) => revocationLines(certificate, proof)),
  ];
  return `#!/bin/sh
# Repeats, offline and with openssl alone, what Sallyport judged when it saw this handshake. Read it before you run it.
cd "$(dirname -- "$0")" || exit 2
command -v openssl >/dev/null || { echo 'openssl is needed'; exit 2; }
failed=0
check() { # words, then the command
  words=$1; shift
  if "$@" >.output 2>&1; then echo "pass  $words"; else echo "FAIL  $words"; sed 's/^/      /' .output; failed=1; fi
  rm -f .output
}
is_sha256() { [ "$(openssl dgst -sha256 -r <"$1" | cut -d' ' -f1)" = "$2" ]; }
is_certificate() { [ "$(openssl x509 -in "$1" -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1)" = "$2" ]; }
# openssl compares an answer's window with today only: it is compared by its text with the window that the report names.
is_good() { # response, issuer, certificate, thisUpdate, nextUpdate
  openssl ocsp -respin "$1" -issuer "$2" -cert "$3" -CAfile ${proof.anchor.file} -no-CApath -verify_other untrusted.pem -attime ${proof.at} -no_nonce -validity_period 315360000 >.answer 2>&1
  cat .answer
  grep -q '^Response verify OK' .answer && grep -q ': good$' .answer && grep -q "This Update: $4" .answer && grep -q "Next Update: $5" .answer
  result=$?; rm -f .answer; return $result
}

${lines.join('\n')}

echo
echo 'The report of that time says: ${proof.verdict}.'
[ "$failed" = 0 ] && echo 'Every check that is repeated here passes.' || echo 'NOT every check passes.'
exit "$failed"
`;
}

function revocationLines(
  { file, issuerFile, revocation, without }: ProvenCertificate,
  proof: ProvenHandshake,
): string[] {
  if (revocation === null) return [`echo ${quoted(`----  ${file} is not repeated for revocation: ${without ?? ''}`)}`];
  const words = `not revoked by ${revocation.file}: ${file}`;
  if (revocation.kind === 'ocsp') {
    const { thisUpdate, nextUpdate } = revocation;
    const at = proof.at * 1000;
    const isInWindow =
      thisUpdate !== null &&
      Date.parse(thisUpdate) <= at + 1000 &&
      (nextUpdate === null || Date.parse(nextUpdate) >= at);
    return [
      `check '${words}' is_good ${revocation.file} ${issuerFile} ${file} '${shownTime(thisUpdate)}' '${shownTime(nextUpdate)}'`,
      ...(isInWindow ? [] : [`echo 'note  that answer was outside its window then; the terms may allow a grace.'`]),
    ];
  }
  return [
    `check '${words}' openssl verify -attime ${proof.at} -no-CApath -no-CAfile -CAfile ${proof.anchor.file} -untrusted untrusted.pem -crl_check -CRLfile ${revocation.file} ${file}`,
  ];
}

/** As openssl prints it: `Nov  5 09:00:00 2026 GMT`; nothing for none. */
function shownTime(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  const [month = '', day = ''] = [date.toUTCString().slice(8, 11), String(date.getUTCDate()).padStart(2, ' ')];
  return `${month} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`;
}

function digestLine(file: string, sha256: string, words: string): string {
  return `check '${words}: ${file}' is_sha256 ${file} ${sha256}`;
}

function derDigestLine(file: string, sha256: string, words: string): string {
  return `check '${words}: ${file}' is_certificate ${file} ${sha256}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

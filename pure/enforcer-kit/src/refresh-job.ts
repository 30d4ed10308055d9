/**
 * The job that keeps the CRL file of an enforcer: fetch, verify, replace in one step, reload, and cry when a list gets old.
 * Without it revocation is an outage: at nextUpdate every product refuses every client.
 */
import { commentLines } from './comment-text.ts';
import type { EnforcerFacts } from './enforcer-facts.ts';
import { kitPaths } from './kit-files.ts';
import { headerComment } from './kit-header.ts';

/** Hours before nextUpdate at which the job begins to cry, or at a third of a list's life where that is less. */
const alarmHours = 24;
/** Bytes and seconds of one fetch. */
const largestList = 100_000_000;
const longestFetch = 60;

/** A shell script (POSIX sh, curl, openssl, GNU date, flock). `reload` is the product's command; null needs none. */
export function refreshJob(facts: EnforcerFacts, reload: string | null): string {
  const paths = kitPaths(facts);
  return `#!/bin/sh
${commentLines('#', [
  ...headerComment(facts, 'the refresh of CRLs'),
  '',
  'Run it every hour by cron or a timer. Exit status: 0 all is well, 1 somebody must look (said on standard error and to',
  'syslog), 2 it cannot run at all. A list that cannot be fetched or verified never replaces the one that is held.',
  'Environment: SALLYPORT_RELOAD another command for check and reload, SALLYPORT_ALARM a program that gets each alarm as',
  `its one argument, SALLYPORT_ALARM_HOURS hours before the end of a list at which alarms begin (${alarmHours}, or a third of`,
  'its life where that is less).',
])}
set -eu
umask 022
export LC_ALL=C

authorities=${paths.authorities}
target=${paths.revocationList}
held=${paths.heldLists}
reload_command=\${SALLYPORT_RELOAD-'${reload ?? ''}'}
status=0

alarm() {
    status=1
    echo "sallyport-crl: ALARM: $1" >&2
    logger -t sallyport-crl -p daemon.err -- "$1" 2>/dev/null || true
    if [ -n "\${SALLYPORT_ALARM-}" ]; then "$SALLYPORT_ALARM" "$1" || true; fi
}

for program in curl openssl flock date awk; do
    command -v "$program" >/dev/null || { alarm "$program is not installed: no CRL is refreshed"; exit 2; }
done
mkdir -p "$held"
exec 9>"$held/lock"
flock -n 9 || { echo 'sallyport-crl: another run is under way' >&2; exit 0; }
work=$(mktemp -d "$held/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# What openssl says of a CRL: field, file.
field() { openssl crl -in "$2" -noout "-$1" 2>/dev/null | sed -n 's/^[A-Za-z]*=//p'; }
seconds_of() { date -u -d "$(field "$1" "$2")" +%s 2>/dev/null; }
# A number as upper-case hexadecimal digits without leading zeros.
number_of() { field crlnumber "$1" | tr 'a-f' 'A-F' | sed -n 's/^\\(0[xX]\\)\\{0,1\\}0*\\([0-9A-F]\\{1,\\}\\)$/\\2/p'; }
is_lower() {
    [ \${#1} -lt \${#2} ] && return 0
    [ \${#1} -gt \${#2} ] && return 1
    [ "$1" != "$2" ] && [ "$(printf '%s\\n%s\\n' "$1" "$2" | sort | head -n 1)" = "$1" ]
}

# One list: its number, its address, and which certificate of the CA file signs it.
refresh() {
    number=$1 url=$2 issuer=$3
    fresh=$work/$number.pem
    awk -v want="$issuer" '/-----BEGIN CERTIFICATE-----/ { seen++ } seen == want' "$authorities" > "$work/issuer.pem"
    if ! grep -q 'BEGIN CERTIFICATE' "$work/issuer.pem"; then
        alarm "certificate $issuer is missing in $authorities: the CRL $url cannot be verified"
        return
    fi
    if ! curl --silent --show-error --fail --location --max-redirs 3 --proto '=http,https' --proto-redir '=http,https' \\
        --connect-timeout 10 --max-time ${longestFetch} --max-filesize ${largestList} --output "$work/fetched" "$url" 2> "$work/why"; then
        alarm "the CRL $url cannot be fetched: $(tr -d '\\n' < "$work/why" | cut -c 1-200)"
        return
    fi
    if ! openssl crl -inform DER -in "$work/fetched" -out "$fresh" 2>/dev/null &&
        ! openssl crl -inform PEM -in "$work/fetched" -out "$fresh" 2>/dev/null; then
        alarm "what $url answers is no CRL"
        return
    fi
    if ! openssl crl -in "$fresh" -noout -CAfile "$work/issuer.pem" 2>&1 | grep -q '^verify OK'; then
        alarm "the CRL of $url is not signed by certificate $issuer of $authorities"
        return
    fi
    now=$(date -u +%s)
    begins=$(seconds_of lastupdate "$fresh") || begins=''
    ends=$(seconds_of nextupdate "$fresh") || ends=''
    if [ -z "$begins" ] || [ -z "$ends" ]; then
        alarm "the CRL of $url does not say when it begins and ends"
        return
    fi
    # No tolerance: a server that holds a list from the future refuses every client.
    if [ "$begins" -gt "$now" ]; then
        alarm "the CRL of $url is dated in the future by this machine's clock"
        return
    fi
    if [ "$ends" -le "$now" ]; then
        alarm "the CRL of $url is outdated already"
        return
    fi
    if [ -e "$held/$number.pem" ]; then
        was=$(number_of "$held/$number.pem") is=$(number_of "$fresh")
        if [ -n "$was" ] && [ -n "$is" ] && is_lower "$is" "$was"; then
            alarm "the CRL of $url is older than the one that is held"
            return
        fi
    fi
    mv "$fresh" "$held/$number.pem"
}

# Seconds before the end of a list at which alarms begin.
patience() {
    third=$(( ($(seconds_of nextupdate "$1") - $(seconds_of lastupdate "$1")) / 3 ))
    most=$((${alarmHours} * 3600))
    if [ -n "\${SALLYPORT_ALARM_HOURS-}" ]; then echo $((SALLYPORT_ALARM_HOURS * 3600))
    elif [ "$third" -lt "$most" ]; then echo "$third"
    else echo "$most"
    fi
}

# A list that is held: all of them are needed, and each one ends some day.
take() {
    number=$1 url=$2
    if [ ! -s "$held/$number.pem" ]; then
        alarm "no CRL of $url is held yet"
        complete=no
        return
    fi
    cat "$held/$number.pem" >> "$work/all.pem"
    left=$(( $(seconds_of nextupdate "$held/$number.pem") - $(date -u +%s) ))
    if [ "$left" -le 0 ]; then
        alarm "the CRL of $url has ended: every client is refused until a new one comes"
    elif [ "$left" -le "$(patience "$held/$number.pem")" ]; then
        alarm "the CRL of $url ends in $((left / 3600)) hours; then every client is refused"
    fi
}

check_and_reload() {
    [ -z "$reload_command" ] || sh -c "$reload_command" > "$work/reload" 2>&1
}

${facts.revocationSources.map(({ url, issuer }, index) => `refresh ${index + 1} '${url}' ${issuer}`).join('\n')}

complete=yes
: > "$work/all.pem"
${facts.revocationSources.map(({ url }, index) => `take ${index + 1} '${url}'`).join('\n')}
[ "$complete" = yes ] || exit 1

if [ ! -e "$target" ] || ! cmp -s "$work/all.pem" "$target"; then
    [ ! -e "$target" ] || cp -p "$target" "$work/before.pem"
    # Written beside it and moved over it: nobody ever reads half a file.
    cp "$work/all.pem" "$target.new"
    chmod 0644 "$target.new"
    mv "$target.new" "$target"
    if check_and_reload; then
        echo "sallyport-crl: $target is new" >&2
    elif [ -e "$work/before.pem" ]; then
        cp "$work/before.pem" "$target.new"
        mv "$target.new" "$target"
        alarm "the new CRL file was not taken up, the old one is back: $(tail -n 2 "$work/reload" | tr -d '\\n' | cut -c 1-200)"
    else
        alarm "the first CRL file is written, but was not taken up: $(tail -n 2 "$work/reload" | tr -d '\\n' | cut -c 1-200)"
    fi
fi
exit $status
`;
}

/** When the job runs: every hour, at a minute that is the host's own so that not all ask at once. */
export function refreshTimer(facts: EnforcerFacts): string {
  const minute = [...facts.host].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 60, 7);
  return `# Runs the refresh of CRLs every hour; cron mails what it says on standard error to MAILTO.
MAILTO=root
PATH=/usr/sbin:/usr/bin:/sbin:/bin
${minute} * * * * root ${kitPaths(facts).refreshJob}
`;
}

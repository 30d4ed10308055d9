import type { Rule } from '../rule.ts';

export const tls11AtMost: Rule = {
  id: 'tls11-at-most',
  symptom: 'Alert 70 or 40; a hello of TLS 1.1 is answered, or TLS 1.2 is answered with an older version.',
  cause: '{host} speaks {version} at most; TLS 1.2 is required.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 8996 §2; RFC 5246 §7.4.1.3',
  whatToDo: 'enable TLS 1.2 with at least one of: {suites}.',
  tellApart:
    'Some such servers say alert 40, as if no suite were shared: that the same server answers TLS 1.1 tells them apart.',
  log: 'version',
  repeat: 'handshake-without-certificate',
  match: (facts) => {
    if (facts.main?.verdict === 'accepted') return null;
    const downgraded = facts.hello('hello');
    if (downgraded?.outcome === 'server-hello' && isOld(downgraded.version))
      return {
        probe: 'hello',
        saw: `It answered TLS 1.2 with ${downgraded.version}.`,
        fill: { version: downgraded.version ?? '' },
      };
    const older = facts.hello('tls11');
    if (older?.outcome !== 'server-hello' || !isOld(older.version)) return null;
    if (facts.speaksTls12('hello') || facts.speaksTls12('every-suite')) return null;
    if (facts.hello('tls13')?.outcome === 'server-hello') return null;
    return {
      probe: 'tls11',
      saw: `It answered TLS 1.1 with ${older.version}, ${older.suite}.`,
      fill: { version: older.version ?? '' },
    };
  },
};

function isOld(version: string | null): boolean {
  return version !== null && /^SSL|^TLS 1\.[01]$/.test(version);
}

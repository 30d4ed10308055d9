/** The number of an alert that OpenSSL reports as an error. Its words differ from version to version, its numbers do not. */

/** AlertDescription (RFC 5246 §7.2, RFC 8446 §6), as OpenSSL spells it in codes, without prefixes and marks. */
const numbers: Readonly<Record<string, number>> = {
  unexpectedmessage: 10,
  badrecordmac: 20,
  recordoverflow: 22,
  handshakefailure: 40,
  nocertificate: 41,
  badcertificate: 42,
  unsupportedcertificate: 43,
  certificaterevoked: 44,
  certificateexpired: 45,
  certificateunknown: 46,
  illegalparameter: 47,
  unknownca: 48,
  accessdenied: 49,
  decodeerror: 50,
  decrypterror: 51,
  protocolversion: 70,
  insufficientsecurity: 71,
  internalerror: 80,
  norenegotiation: 100,
  unsupportedextension: 110,
  unrecognizedname: 112,
  certificaterequired: 116,
};

/** OpenSSL's reason codes of received alerts start here (SSL_AD_REASON_OFFSET). */
const reasonOffset = 1000;

/** Null where the error is about no alert that was received. */
export function alertOfError(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { code, message } = error as Error & { code?: unknown };
  const spoken = /SSL alert number (\d{1,3})/.exec(message);
  if (spoken !== null) return Number(spoken[1]);
  // `0A000415`: library 0x14 in the upper bits, the reason in the lower 23 (OpenSSL 3, ERR_GET_REASON).
  const packed = /\b0A([0-9A-F]{6}):/i.exec(message);
  if (packed !== null) {
    const reason = Number.parseInt(packed[1] ?? '', 16) & 0x7f_ffff;
    if (reason >= reasonOffset && reason < reasonOffset + 256) return reason - reasonOffset;
  }
  const named = /^ERR_SSL_.*?ALERT_(.+)$/i.exec(String(code));
  if (named === null) return null;
  return numbers[(named[1] ?? '').toLowerCase().replace(/[^a-z]/g, '')] ?? null;
}

/** Alerts by which an enforcer refuses a client certificate, or asks in vain for one. */
export function isClientCertificateAlert(alert: number): boolean {
  return (alert >= 40 && alert <= 49) || alert === 116;
}

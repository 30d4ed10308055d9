/** Signed certificate timestamp list (RFC 6962 §3.3): split, not verified; who wants CT policy brings logs. */
import { DerReader, Tag } from '../der/der-reader.ts';

export interface SignedCertificateTimestamp {
  readonly version: number;
  /** SHA-256 of the log's key. */
  readonly logId: Uint8Array;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

export function readSignedTimestamps(value: DerReader): readonly SignedCertificateTimestamp[] {
  value.expect(Tag.octetString);
  const { contentStart } = value;
  const list = value.content();
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  const malformed = (at: number): Error =>
    value.fault('X509_DER_STRING_INVALID', contentStart + at, 'a timestamp list whose lengths do not add up');
  if (list.length < 2 || view.getUint16(0) !== list.length - 2) throw malformed(0);
  const timestamps: SignedCertificateTimestamp[] = [];
  let position = 2;
  while (position < list.length) {
    if (position + 2 > list.length) throw malformed(position);
    const length = view.getUint16(position);
    const start = position + 2;
    if (length < 41 || start + length > list.length) throw malformed(position);
    timestamps.push({
      version: list[start] ?? 0,
      logId: list.subarray(start + 1, start + 33),
      timestamp: Number(view.getBigUint64(start + 33)),
    });
    position = start + length;
  }
  return timestamps;
}

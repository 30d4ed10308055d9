/** For tests of the gate: TLS records and handshake messages, read from bytes and written (RFC 5246 §6.2.1, §7.4). */

export interface TlsRecord {
  readonly type: number;
  readonly payload: Buffer;
}

/** The whole records in a stream of bytes; what is cut off at its end is left out. */
export function recordsOf(bytes: Buffer): TlsRecord[] {
  const records: TlsRecord[] = [];
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    records.push({ type: bytes[at] ?? 0, payload: bytes.subarray(at + 5, end) });
    at = end;
  }
  return records;
}

/** Types of the whole records in a stream of bytes. */
export function recordTypes(bytes: Buffer): number[] {
  return recordsOf(bytes).map(({ type }) => type);
}

/** Handshake messages in a stream of records, whatever their cut. */
export function messagesOf(bytes: Buffer): Buffer[] {
  const stream = Buffer.concat(
    recordsOf(bytes)
      .filter(({ type }) => type === 22)
      .map(({ payload }) => payload),
  );
  const messages: Buffer[] = [];
  for (let at = 0; at + 4 <= stream.length;) {
    const end = at + 4 + stream.readUIntBE(at + 1, 3);
    if (end > stream.length) break;
    messages.push(stream.subarray(at, end));
    at = end;
  }
  return messages;
}

/** One record, whatever its length. */
export function record(type: number, payload: Uint8Array): Buffer {
  const header = Buffer.from([type, 3, 3, 0, 0]);
  header.writeUInt16BE(payload.length, 3);
  return Buffer.concat([header, payload]);
}

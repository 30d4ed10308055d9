/**
 * The answer to CONNECT, read as it comes (RFC 9112 §4, RFC 9110 §9.3.6): a status line and fields up to an empty line, nothing else. What
 * stands behind it is the target's already. Strict: a line that is not of this grammar ends it, since a lenient reader could
 * be made to see another end of the answer than the proxy.
 */

export interface ConnectAnswer {
  readonly status: number;
  /** Schemes of Proxy-Authenticate (RFC 9110 §11.7.1), as written; none for none. */
  readonly schemes: readonly string[];
  /** The reason that squid and its like give, e.g. `ERR_CONNECT_FAIL 111`; null for none. */
  readonly reason: string | null;
  /** Bytes behind the answer: for the gate. */
  readonly rest: Buffer;
}

/** What was sent is no answer to CONNECT. */
export class ConnectAnswerFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConnectAnswerFault';
  }
}

/** Bytes of the answer with all its fields, and of interim answers in front of it. */
export const largestConnectAnswer = 16 * 1024;

const start = Buffer.from('HTTP/1.', 'latin1');
const end = Buffer.from('\r\n\r\n', 'latin1');
const statusLine = /^HTTP\/1\.[01] ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

export class ConnectAnswerReader {
  #held: Buffer = Buffer.alloc(0);
  #total = 0;
  /** Where in `#held` the empty line may begin: what is before was looked through. */
  #looked = 0;

  /** The answer, once it is whole; null while it is not. @throws ConnectAnswerFault */
  take(bytes: Uint8Array): ConnectAnswer | null {
    // What is beyond the limit is never kept, unless the answer has ended before.
    this.#held = Buffer.concat([this.#held, bytes]);
    for (;;) {
      judgeStart(this.#held);
      const position = this.#held.indexOf(end, this.#looked);
      const length = position === -1 ? this.#held.length : position + end.length;
      if (this.#total + length > largestConnectAnswer)
        throw new ConnectAnswerFault(`its answer is longer than ${largestConnectAnswer} bytes`);
      if (position === -1) {
        this.#looked = Math.max(0, this.#held.length - end.length + 1);
        return null;
      }
      const answer = readAnswer(this.#held.toString('latin1', 0, position), this.#held.subarray(length));
      // Interim answers (RFC 9110 §15.2) come before the one that counts; 101 would be another protocol.
      if (answer.status >= 200 || answer.status === 101) return answer;
      this.#total += length;
      this.#held = answer.rest;
      this.#looked = 0;
    }
  }

  /** Whether a byte has come. */
  get begun(): boolean {
    return this.#held.length > 0 || this.#total > 0;
  }
}

/** Garbage is known by its first bytes; nobody has to wait for its end. */
function judgeStart(held: Buffer): void {
  const length = Math.min(held.length, start.length);
  if (held.subarray(0, length).equals(start.subarray(0, length))) return;
  // A TLS record: alert or handshake, version 3.x.
  if ((held[0] === 21 || held[0] === 22) && (held.length < 2 || held[1] === 3))
    throw new ConnectAnswerFault('it speaks TLS itself: its URL should begin with https');
  throw new ConnectAnswerFault('what it answers is not HTTP/1');
}

function readAnswer(head: string, rest: Buffer): ConnectAnswer {
  const [first = '', ...lines] = head.split('\r\n');
  const status = statusLine.exec(first)?.[1];
  if (status === undefined) throw new ConnectAnswerFault('its status line is malformed');
  const schemes: string[] = [];
  let reason: string | null = null;
  for (const line of lines) {
    const field = fieldLine.exec(line);
    if (field === null) throw new ConnectAnswerFault('its answer holds a malformed line');
    const name = (field[1] ?? '').toLowerCase();
    const value = (field[2] ?? '').trim();
    if (name === 'proxy-authenticate') schemes.push(...schemesOf(value));
    else if (name === 'x-squid-error' && /^[A-Z][A-Z0-9_]{0,60}( [0-9]{1,5})?$/.test(value)) reason = value;
  }
  return { status: Number(status), schemes, reason, rest };
}

/** The first word of a challenge; others in the same field are rare, and only shown. */
function schemesOf(value: string): string[] {
  const scheme = /^[A-Za-z][A-Za-z0-9-]{0,30}(?=$| )/.exec(value)?.[0];
  return scheme === undefined ? [] : [scheme];
}

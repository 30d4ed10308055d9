/**
 * The one error that reading may throw. Hostile bytes never cause another: a foreign exception is a bug of this package.
 */

/** Reading faults, each with its own stable code. `X509_DER_…` is the encoding, the rest the structure it encodes. */
export type X509ErrorCode =
  | 'X509_DER_TRUNCATED'
  | 'X509_DER_LENGTH_NOT_MINIMAL'
  | 'X509_DER_LENGTH_INDEFINITE'
  | 'X509_DER_LENGTH_TOO_LARGE'
  | 'X509_DER_TAG_UNEXPECTED'
  | 'X509_DER_TAG_UNSUPPORTED'
  | 'X509_DER_TRAILING_BYTES'
  | 'X509_DER_INTEGER_INVALID'
  | 'X509_DER_BOOLEAN_INVALID'
  | 'X509_DER_BIT_STRING_INVALID'
  | 'X509_DER_NULL_INVALID'
  | 'X509_DER_OBJECT_IDENTIFIER_INVALID'
  | 'X509_DER_TIME_INVALID'
  | 'X509_DER_STRING_INVALID'
  | 'X509_DER_SET_NOT_SORTED'
  | 'X509_DER_DEFAULT_ENCODED'
  | 'X509_DER_TOO_DEEP'
  | 'X509_SEQUENCE_EMPTY'
  | 'X509_VERSION_INVALID'
  | 'X509_FIELD_NEEDS_LATER_VERSION'
  | 'X509_ALGORITHM_MISMATCH'
  | 'X509_EXTENSION_DUPLICATE'
  | 'X509_NAME_MALFORMED'
  | 'X509_NAME_EMBEDDED_NUL'
  | 'X509_GENERAL_NAME_MALFORMED'
  | 'X509_KEY_MALFORMED'
  | 'X509_KEY_PARAMETERS_INVALID'
  | 'X509_INPUT_TOO_LARGE'
  | 'X509_PEM_MALFORMED'
  | 'X509_PEM_NO_BLOCK'
  | 'X509_INSTANT_INVALID'
  /** What a caller gave is none of the values that there are: nothing is guessed. */
  | 'X509_ARGUMENT_INVALID'
  | 'X509_CRL_MALFORMED'
  | 'X509_OCSP_MALFORMED'
  | 'X509_REQUEST_MALFORMED';

/** A fault in bytes or text that were to be read. */
export class X509Error extends Error {
  /** Stable code; the message is for people and may change. */
  readonly code: X509ErrorCode;
  /** Offset of the fault in bytes (in characters for PEM text), counted from the start of what was given to be read. */
  readonly position: number;
  /** The message without the position. */
  readonly reason: string;
  /** What the bytes belong to; null for what holds everything, and for extensions. */
  readonly part: 'name' | 'key' | null;

  constructor(code: X509ErrorCode, position: number, reason: string, part: 'name' | 'key' | null = null) {
    super(`${reason} (at ${position})`);
    this.name = 'X509Error';
    this.code = code;
    this.position = position;
    this.reason = reason;
    this.part = part;
  }

  /** The same fault, counted from the start of what holds the bytes that were read. */
  shifted(by: number): X509Error {
    return by === 0 ? this : new X509Error(this.code, this.position + by, this.reason, this.part);
  }

  /** The same fault as one of a name or of a key. */
  within(part: 'name' | 'key'): X509Error {
    return new X509Error(this.code, this.position, this.reason, part);
  }
}

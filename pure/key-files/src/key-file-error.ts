/** Why a file of keys and certificates was not read. The message never quotes what is in it. */
export type KeyFileCode =
  | 'PKCS12_PASSWORD_WRONG'
  | 'PKCS12_DAMAGED'
  | 'PKCS12_UNSUPPORTED'
  | 'KEY_PASSWORD_MISSING'
  | 'KEY_PASSWORD_WRONG'
  | 'KEY_UNREADABLE'
  | 'KEY_UNSUPPORTED'
  | 'KEY_ROUNDS_TOO_MANY'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE';

export class KeyFileError extends Error {
  readonly code: KeyFileCode;

  constructor(code: KeyFileCode, message: string) {
    super(message);
    this.name = 'KeyFileError';
    this.code = code;
  }
}

/** Rounds of key derivations that a reading may still take: files that ask for more are an attack on the reader. */
export class RoundBudget {
  readonly greatest: number;
  private left: number;

  constructor(greatest: number) {
    this.greatest = greatest;
    this.left = greatest;
  }

  /** @throws KeyFileError */
  take(rounds: number): void {
    if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > this.left)
      throw new KeyFileError(
        'KEY_ROUNDS_TOO_MANY',
        `a file that asks for ${rounds} rounds of key derivation, more than the ${this.greatest} that one file may take`,
      );
    this.left -= rounds;
  }
}

/** Public surface: files of keys and certificates, opened with their password. */
export { derOfBer } from './ber.ts';
export { KeyFileError, RoundBudget } from './key-file-error.ts';
export type { KeyFileCode } from './key-file-error.ts';
export { looksLikePkcs12, readPkcs12 } from './pkcs12.ts';
export { deriveKey } from './pkcs12-key.ts';
export { looksLikePkcs7, readPkcs7File } from './pkcs7-file.ts';
export type { PrivateKeyFile } from './private-key.ts';
export { readKeyFile } from './read-key-file.ts';

/** RC2 in CBC mode (RFC 2268), decryption only: old exports of PKCS#12 encrypt their certificates with it, and Node’s OpenSSL has it not. */

/** The permutation of RFC 2268 §2, from the digits of pi. */
const permutation = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const blockBytes = 8;
const rotations = [1, 2, 3, 5] as const;

/** @param effectiveBits 40 or 128 @returns null where the padding is wrong */
export function decryptRc2(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  encrypted: Uint8Array,
): Uint8Array | null {
  if (encrypted.length === 0 || encrypted.length % blockBytes !== 0) return null;
  const words = expandedKey(key, effectiveBits);
  const plain = new Uint8Array(encrypted.length);
  let before = iv;
  for (let at = 0; at < encrypted.length; at += blockBytes) {
    const block = encrypted.subarray(at, at + blockBytes);
    decryptBlock(block, words, plain.subarray(at, at + blockBytes));
    for (let index = 0; index < blockBytes; index++)
      plain[at + index] = (plain[at + index] ?? 0) ^ (before[index] ?? 0);
    before = block;
  }
  const padding = plain.at(-1) ?? 0;
  if (padding < 1 || padding > blockBytes || !plain.subarray(-padding).every((byte) => byte === padding)) return null;
  return plain.subarray(0, plain.length - padding);
}

/** RFC 2268 §2. */
function expandedKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const at = (index: number): number => bytes[index] ?? 0;
  const permuted = (value: number): number => permutation[value & 0xff] ?? 0;
  for (let index = key.length; index < 128; index++) bytes[index] = permuted(at(index - 1) + at(index - key.length));
  const effectiveBytes = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits);
  bytes[128 - effectiveBytes] = permuted(at(128 - effectiveBytes) & mask);
  for (let index = 127 - effectiveBytes; index >= 0; index--)
    bytes[index] = permuted(at(index + 1) ^ at(index + effectiveBytes));
  return Uint16Array.from({ length: 64 }, (_, index) => at(2 * index) | (at(2 * index + 1) << 8));
}

/** RFC 2268 §4: mixing and mashing backwards. */
function decryptBlock(block: Uint8Array, key: Uint16Array, into: Uint8Array): void {
  const words = [0, 2, 4, 6].map((at) => (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8));
  const word = (index: number): number => words[index & 3] ?? 0;
  let next = 63;
  const mix = (): void => {
    for (let index = 3; index >= 0; index--) {
      const by = rotations[index] ?? 0;
      const turned = ((word(index) >>> by) | (word(index) << (16 - by))) & 0xffff;
      const mixed = (word(index + 3) & word(index + 2)) + (~word(index + 3) & 0xffff & word(index + 1));
      words[index] = (turned - (key[next--] ?? 0) - mixed) & 0xffff;
    }
  };
  const mash = (): void => {
    for (let index = 3; index >= 0; index--) words[index] = (word(index) - (key[word(index + 3) & 63] ?? 0)) & 0xffff;
  };
  for (let round = 0; round < 5; round++) mix();
  mash();
  for (let round = 0; round < 6; round++) mix();
  mash();
  for (let round = 0; round < 5; round++) mix();
  words.forEach((value, index) => {
    into[2 * index] = value & 0xff;
    into[2 * index + 1] = value >> 8;
  });
}

/**
 * `node pure/x509/vectors/differential.ts [COUNT [SEED]]`: generated chains, judged by us, by `openssl verify` and, where a toolchain is present, by Go's
 * crypto/x509. Each kind of disagreement once, with its number and reason. Exit status 1 where one is not explained, and from 10,000 chains on also
 * where an explained one no longer happens.
 */
import { runDifferential, tellingChains } from './differential-run.ts';

const [count = '10000', seed = '1'] = process.argv.slice(2);
if (!/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  console.error('usage: differential.ts [COUNT [SEED]]');
  process.exit(2);
}
const { chains, asked, disagreements, stale } = runDifferential(Number(count), Number(seed));
const kinds = new Map<string, number>();
for (const { other, defects, ours, theirs, explanation } of disagreements) {
  const reason = explanation?.reason ?? null;
  const line = `${reason === null ? 'UNEXPLAINED' : 'explained'}\t${other}\t${reason === null ? `${defects}\t` : ''}we: ${ours}\tthey: ${theirs}\t${reason ?? ''}`;
  kinds.set(line, (kinds.get(line) ?? 0) + 1);
}
for (const [line, number] of [...kinds].sort((left, right) => right[1] - left[1])) console.log(`${number}\t${line}`);
const unexplained = disagreements.filter(({ explanation }) => explanation === null).length;
const telling = chains >= tellingChains;
if (telling)
  for (const { other, accepts, subject, reason } of stale)
    console.log(`STALE explanation\t${other}\t${accepts} accept\t${subject}\t${reason}`);
console.log(
  `chains ${chains}, asked ${asked.join(' and ') || 'nobody'}, disagreements ${disagreements.length}, unexplained ${unexplained}, stale explanations ${telling ? stale.length : 'not judged'}`,
);
process.exit(unexplained === 0 && !(telling && stale.length > 0) ? 0 : 1);

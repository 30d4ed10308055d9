/**
 * Distrust dates of Mozilla's root programme, which Node's list of roots does not carry: a server certificate issued (notBefore) after the date is
 * not trusted through that root. Facts from NSS 3.110, built-in list 2.74.
 */
import { utcInstant } from '@sallyport/x509';
import type { UtcInstant } from '@sallyport/x509';

export interface DistrustDate {
  /** SHA-256 of the root certificate, lower-case hexadecimal. */
  readonly sha256: string;
  readonly label: string;
  readonly serverDistrustAfter: UtcInstant;
}

const entrust = utcInstant('2024-11-30T23:59:59Z');

export const distrustDates: readonly DistrustDate[] = [
  {
    sha256: '6dc47172e01cbcb0bf62580d895fe2b8ac9ad4f873801e0c10b9c837d21eb177',
    label: 'Entrust.net Premium 2048 Secure Server CA',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '73c176434f1bc6d5adf45b0e76e727287c8de57616c1e6e6141a2b2cbc7d8e4c',
    label: 'Entrust Root Certification Authority',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '0376ab1d54c5f9803ce4b2e201a0ee7eef7b57b636e8a93c9b8d4860c96f5fa7',
    label: 'AffirmTrust Commercial',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '0a81ec5a929777f145904af38d5d509f66b5e2c58fcdb531058b0e17f3f0b41b',
    label: 'AffirmTrust Networking',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '70a73f7f376b60074248904534b11482d5bf0e698ecc498df52577ebf2e93b9a',
    label: 'AffirmTrust Premium',
    serverDistrustAfter: entrust,
  },
  {
    sha256: 'bd71fdf6da97e4cf62d1647add2581b07d79adf8397eb4ecba9c5e8488821423',
    label: 'AffirmTrust Premium ECC',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '43df5774b03e7fef5fe40d931a7bedf1bb2e6b42738c4e6d3841103d3aa7f339',
    label: 'Entrust Root Certification Authority - G2',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5',
    label: 'Entrust Root Certification Authority - EC1',
    serverDistrustAfter: entrust,
  },
  {
    sha256: '9a296a5182d1d451a2e37f439b74daafa267523329f90f9a0d2007c334e23c9a',
    label: 'GLOBALTRUST 2020',
    serverDistrustAfter: utcInstant('2024-06-30T00:00:00Z'),
  },
];

const byFingerprint = new Map(distrustDates.map((date) => [date.sha256, date.serverDistrustAfter]));

/** The date of a root by its SHA-256 in lower-case hexadecimal; null where it has none. */
export function distrustAfterOf(sha256: string): UtcInstant | null {
  return byFingerprint.get(sha256) ?? null;
}

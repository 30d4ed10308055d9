/** Whose certificate it is, and for how many names. */
export type CertificateKind = 'operator-wildcard' | 'operator-named' | 'customer-custom';

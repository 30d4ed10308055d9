/** The three kinds of client certificate that a customer may choose from, each with one example. */

export type ClientCertificateKind = 'operator-wildcard' | 'operator-named' | 'customer-custom';

export interface ClientCertificateExample {
  readonly kind: ClientCertificateKind;
  /** Its subjectAltName. */
  readonly name: string;
  readonly key: 'rsa' | 'ecdsa';
}

/** Both kinds of key are among them, so that both issuing CAs are met. */
export const clientCertificates: readonly [ClientCertificateExample, ...ClientCertificateExample[]] = [
  { kind: 'operator-wildcard', name: '*.operator.example', key: 'rsa' },
  { kind: 'operator-named', name: 'customer.operator.example', key: 'ecdsa' },
  { kind: 'customer-custom', name: 'align.customer.example', key: 'rsa' },
];

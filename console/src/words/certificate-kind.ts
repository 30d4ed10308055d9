import type { ClientCertificateKind } from '@sallyport/console-api';

const words: Readonly<Record<ClientCertificateKind, string>> = {
  'operator-wildcard': 'operator wildcard',
  'operator-named': 'operator, named',
  'customer-custom': 'custom, owned by the customer',
};

/** The kind of a client certificate (requirement R4) for people. */
export function certificateKindWords(kind: ClientCertificateKind): string {
  return words[kind];
}

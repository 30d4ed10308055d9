/** Public surface: facts in, a complete configuration for the customer's side out. */
export { enforcerFaults, usualPlaces } from './enforcer-facts.ts';
export type { EnforcerFacts, EnforcerFault, EnforcerPlaces, RevocationSource } from './enforcer-facts.ts';
export { nameOnly, opensslSubject } from './client-name.ts';
export type { ClientName } from './client-name.ts';
export { factsOfCertificates } from './facts-of-certificates.ts';
export type { FactsOfCertificates, GivenCertificates } from './facts-of-certificates.ts';
export { factsDocument, readFactsDocument } from './facts-document.ts';
export type { EnforcerFactsDocument } from './facts-document.ts';
export { factsOfTerms } from './facts-of-terms.ts';
export type { TermsFacts } from './facts-of-terms.ts';
export { certificateHeaders } from './certificate-headers.ts';
export { enforcerKit, productOf } from './enforcer-kit.ts';
export type { EnforcerKit, EnforcerKitAnswer } from './enforcer-kit.ts';
export { productIds } from './product.ts';
export type { Abilities, Ability, Faces, KitFile, KitTest, Product, ProductId } from './product.ts';
export { products } from './products/product-index.ts';
export { withRoot } from './with-root.ts';
export { abilityNames, renderKit } from './render-kit.ts';

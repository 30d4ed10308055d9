/** Names that a request asks an authority to certify: held against its own facts before anybody pays for a certificate that would be refused. */
import { domainToASCII } from 'node:url';
import { certificateDomain, type ClientCertificateKind } from '@sallyport/console-api';
import { nameFaults, namesAsked, type AskedNames } from '@sallyport/lifecycle';
import { invalidFields } from '../api-problem.ts';

/** The DNS names of the request: those that were given, else the common name, so that every request has some. @throws ApiProblem */
export function namesFor({ commonName, dnsNames }: AskedNames): readonly string[] {
  const isAscii = !/[^\p{ASCII}]/u.test(commonName);
  if (!isAscii && /^[^\s@]+\.[^\s@]+$/u.test(commonName)) {
    const ascii = domainToASCII(commonName);
    throw invalidFields([
      {
        path: 'commonName',
        code: 'name-not-ascii',
        message: `A DNS name is certified in its ASCII form${ascii === '' ? '' : `: write ${ascii}`}.`,
      },
    ]);
  }
  if (dnsNames.length > 0) return [...new Set(dnsNames)];
  const common = certificateDomain.safeParse(commonName);
  if (common.success) return [common.data];
  throw invalidFields([
    {
      path: 'dnsNames',
      code: 'names-missing',
      message: `'${commonName}' is no DNS name: give at least one beside it. A certificate without any is refused by many far sides.`,
    },
  ]);
}

/** Whatever the intake would refuse of any certificate with these names. @throws ApiProblem */
export function namesMustFit(
  names: AskedNames,
  { kind, domain }: { readonly kind: ClientCertificateKind; readonly domain: string | null },
  pathOf: (fault: { readonly code: string }) => string,
): void {
  const faults = nameFaults(namesAsked(names), kind, domain);
  if (faults.length > 0) throw invalidFields(faults.map((fault) => ({ ...fault, path: pathOf(fault) })));
}

/** The field of a new request in which the names stand: where no DNS names are given, the common name is meant. */
export function askedAt({ dnsNames }: AskedNames): 'commonName' | 'dnsNames' {
  return dnsNames.length === 0 ? 'commonName' : 'dnsNames';
}

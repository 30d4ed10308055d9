/** From what a person wrote to terms that can be used, or all of their faults by field. */
import type { ChangeConnection, FieldFault, NewConnection } from '@sallyport/console-api';
import { readProxyUrl } from '@sallyport/addresses';
import { defaultTerms, termsFaults, type Terms, type TermsChoices } from '@sallyport/terms';
import { readCertificatesText } from '@sallyport/x509';
import { invalidFields } from '../api-problem.ts';
import { noCertificate } from '../no-certificate.ts';
import { forbiddenAddress } from './forbidden-address.ts';

/** More private CAs than this are a mistake. */
const mostAnchors = 50;

/** First terms; throws `request-invalid` with every fault. */
export function firstTerms(wish: NewConnection): Terms {
  const choices: TermsChoices = {
    baseUrl: wish.baseUrl.trim(),
    projectKeys: wish.projectKeys,
    contacts: wish.contacts,
    authenticationKind: wish.authentication.kind,
    clientCertificate: choiceOf(wish.clientCertificate),
    ...choicesOf(wish),
    accountName: accountOf(wish),
  };
  return faultless(defaultTerms(withoutUndefined(choices)));
}

/** The next version; what is left out stays as it is in `before`. */
export function changedTerms(before: Terms, wish: ChangeConnection): Terms {
  const kept = { ...before };
  const choices = {
    ...kept,
    ...withoutUndefined({
      baseUrl: wish.baseUrl?.trim(),
      // People's link follows the address that is called, unless the two differed.
      linkUrl: wish.baseUrl !== undefined && before.linkUrl === before.baseUrl ? wish.baseUrl.trim() : undefined,
      projectKeys: wish.projectKeys,
      contacts: wish.contacts,
      authenticationKind: wish.authentication?.kind,
      ...choicesOf(wish),
      ...(wish.authentication === undefined ? {} : { accountName: accountOf(wish) ?? undefined }),
    }),
  } as TermsChoices;
  // Null takes it away; a member that is undefined is none.
  const { proxy, ...others } = choices;
  const next = wish.proxy === null || proxy === undefined ? others : choices;
  return faultless(defaultTerms({ ...next, version: before.version + 1 }));
}

function choicesOf(wish: NewConnection | ChangeConnection): Partial<TermsChoices> {
  const {
    linkUrl,
    egressGroup,
    tlsPolicy,
    tls13ClientCertificate,
    anchors,
    revocation,
    revocationRules,
    accountName,
    allowPrivate,
    proxy,
    probes,
    swaps,
    fields,
    retention,
  } = wish;
  return {
    linkUrl: linkUrl?.trim(),
    egressGroup,
    tlsPolicy,
    tls13ClientCertificate,
    anchors: certificatesAlone(anchors),
    revocation,
    revocationRules,
    accountName,
    allowPrivate,
    proxy:
      proxy == null
        ? undefined
        : { ...proxy, url: canonicalProxyUrl(proxy.url), anchors: certificatesAlone(proxy.anchors) },
    probes,
    swaps,
    fields,
    retention,
  };
}

function choiceOf(choice: NewConnection['clientCertificate']): Terms['clientCertificate'] | undefined {
  if (choice === undefined) return undefined;
  return choice.required ? { required: true } : choice;
}

/** The login name of Basic authentication is the account that answers must name. */
function accountOf({ accountName, authentication }: NewConnection | ChangeConnection): string | null {
  return accountName ?? (authentication?.kind === 'basic' ? authentication.username : null);
}

function faultless(terms: Terms): Terms {
  const faults: FieldFault[] = [
    ...termsFaults(terms),
    ...anchorFaults(terms.anchors, 'anchors.pem'),
    ...(terms.proxy === undefined ? [] : anchorFaults(terms.proxy.anchors, 'proxy.anchors.pem')),
    ...addressFaults(terms),
    ...proxyAddressFaults(terms),
  ];
  if (faults.length > 0) throw invalidFields(faults);
  return terms;
}

/** The name is resolved and judged again at every dial; what is plainly forbidden is refused before anything is kept. */
function addressFaults({ baseUrl, allowPrivate }: Terms): FieldFault[] {
  const host = URL.parse(baseUrl)?.hostname;
  if (host === undefined || host === '') return [];
  const message = forbiddenAddress(host, allowPrivate);
  return message === null ? [] : [{ path: 'baseUrl', code: 'address-forbidden', message }];
}

/** Where the URL names an address; a name is resolved and judged at each dial. */
function proxyAddressFaults({ proxy }: Terms): FieldFault[] {
  const host = proxy === undefined ? undefined : URL.parse(proxy.url)?.hostname;
  if (proxy === undefined || host === undefined || host === '') return [];
  const message = forbiddenAddress(host, proxy.allowPrivate);
  return message === null ? [] : [{ path: 'proxy.url', code: 'address-forbidden', message }];
}

/** In the one form that terms take; what is no such URL is left for its fault. */
function canonicalProxyUrl(text: string): string {
  const url = readProxyUrl(text.trim());
  return url.ok ? url.value.href : text;
}

/** Faults of a list of anchors at `path`. */
export function anchorFaults(anchors: Terms['anchors'], path: string): FieldFault[] {
  if (anchors.kind === 'public') return [];
  const fault = (code: string, message: string): FieldFault[] => [{ path, code, message }];
  const read = readCertificatesText(anchors.pem);
  if (!read.ok)
    return read.error === null
      ? fault('TERMS_ANCHORS', noCertificate(read.otherBlock))
      : fault(read.error.code, `The list of anchors cannot be read: ${read.error.message}.`);
  return read.certificates.length > mostAnchors
    ? fault('TERMS_ANCHORS', `At most ${mostAnchors} certificates, please.`)
    : [];
}

/** The certificates alone: what stands around them is nobody's, and is not kept. What cannot be read stays, for its fault. */
export function certificatesAlone<Anchors extends Terms['anchors'] | undefined>(anchors: Anchors): Anchors {
  if (anchors?.kind !== 'pem') return anchors;
  const read = readCertificatesText(anchors.pem);
  return read.ok ? { ...anchors, pem: read.pem } : anchors;
}

function withoutUndefined<T extends object>(choices: T): T {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as T;
}

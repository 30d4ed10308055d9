/** Which addresses are asked at all: http and https, without credentials, and no names that only mean something inside a network. */
import { readIpAddress } from '@sallyport/addresses';
import { FetchFailure } from './fetch-failure.ts';

/** Characters of an address; certificates name short ones. */
const longestAddress = 2_048;
/** Names that lead inside wherever they are resolved: a proxy would resolve them in its own network, unguarded by us. */
const insideNames = /(?:^|\.)(?:localhost|internal|local|lan|home\.arpa)\.?$/i;

/** @param base the address that redirected; null for one that a certificate or the terms name @throws FetchFailure */
export function readSourceAddress(text: string, base: URL | null, throughProxy: boolean): URL {
  const redirected = base !== null;
  const refuse = (why: string): FetchFailure =>
    redirected
      ? new FetchFailure('source-redirect-forbidden', `The source leads to ${why}; that is not followed.`)
      : new FetchFailure('source-scheme-not-supported', `The certificate names ${why}; only http and https are asked.`);
  if (text.length > longestAddress) throw refuse('an address that is too long');
  let url: URL;
  try {
    url = base === null ? new URL(text) : new URL(text, base);
  } catch {
    throw refuse('what is no address');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse(`an address of the kind ${url.protocol}`);
  if (url.username !== '' || url.password !== '') throw refuse('an address with a credential');
  const host = hostOf(url);
  if (throughProxy && readIpAddress(host) === null && (!host.includes('.') || insideNames.test(host)))
    throw new FetchFailure(
      redirected ? 'source-redirect-forbidden' : 'source-address-forbidden',
      'The name of the source means something inside a network only; a proxy is not asked for it.',
      'operator',
    );
  return url;
}

/** Without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

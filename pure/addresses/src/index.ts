/** Public surface: base URLs, classes of addresses, and the guard of every dial. */
export { readBaseUrl, readHostPort } from './base-url.ts';
export type { BaseUrl, BaseUrlAnswer, BaseUrlFault, HostPort } from './base-url.ts';
export { readProxyUrl } from './proxy-url.ts';
export type { ProxyUrl, ProxyUrlAnswer, ProxyUrlFault } from './proxy-url.ts';
export { readIpAddress, showIpAddress } from './ip-address.ts';
export type { IpAddress } from './ip-address.ts';
export { classifyAddress, embeddedIpv4 } from './address-class.ts';
export type { AddressClass } from './address-class.ts';
export { guardAddress } from './address-guard.ts';
export type { AddressPermission, AddressRefusal } from './address-guard.ts';

import type { EnforcerProduct } from '@sallyport/console-api';

export interface ProductName {
  readonly product: EnforcerProduct;
  readonly name: string;
}

/** Their configuration is started by our tests. */
export const testedProducts: readonly ProductName[] = [
  { product: 'nginx', name: 'nginx' },
  { product: 'apache', name: 'Apache' },
  { product: 'haproxy', name: 'HAProxy' },
  { product: 'tomcat', name: 'Tomcat' },
  { product: 'stunnel', name: 'stunnel' },
];

/** They cannot run here: a checklist of the same facts. */
export const checklistProducts: readonly ProductName[] = [
  { product: 'f5-big-ip', name: 'F5 BIG-IP' },
  { product: 'netscaler', name: 'NetScaler' },
  { product: 'iis', name: 'IIS' },
  { product: 'aws-alb', name: 'AWS ALB' },
  { product: 'azure-application-gateway', name: 'Azure Application Gateway' },
  { product: 'google-cloud', name: 'Google Cloud' },
  { product: 'cloudflare', name: 'Cloudflare' },
];

/** The last part of a path on the customer's machine: the name of the file to save. */
export function fileNameOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? 'configuration.txt';
}

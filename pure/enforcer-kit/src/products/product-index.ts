/** Every product; a new one is one file and one line here. */
import type { Product } from '../product.ts';
import { apache } from './apache.ts';
import { awsAlb } from './aws-alb.ts';
import { azureApplicationGateway } from './azure-application-gateway.ts';
import { cloudflare } from './cloudflare.ts';
import { f5BigIp } from './f5-big-ip.ts';
import { googleCloud } from './google-cloud.ts';
import { haproxy } from './haproxy.ts';
import { iis } from './iis.ts';
import { netscaler } from './netscaler.ts';
import { nginx } from './nginx.ts';
import { stunnel } from './stunnel.ts';
import { tomcat } from './tomcat.ts';

export const products: readonly Product[] = [
  nginx,
  apache,
  haproxy,
  tomcat,
  stunnel,
  f5BigIp,
  netscaler,
  iis,
  awsAlb,
  azureApplicationGateway,
  googleCloud,
  cloudflare,
];

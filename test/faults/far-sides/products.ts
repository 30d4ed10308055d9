/** The far sides of the matrix. A new product is one file and one line here. */
import { apache } from './apache.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { opensslServer } from './openssl-server.ts';
import type { Product } from './site.ts';
import { squid } from './squid.ts';
import { stunnel } from './stunnel.ts';
import { tomcat } from './tomcat.ts';

export const products: readonly Product[] = [nginx, apache, haproxy, tomcat, stunnel, opensslServer, squid];

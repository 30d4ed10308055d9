/** Every probe, in the order in which they run: what costs the far side least, and tells most, comes first. */
import type { Probe } from '../probe.ts';
import { again } from './again.ts';
import { contextPath } from './context-path.ts';
import { eachAddress } from './each-address.ts';
import { ellipticOnly } from './elliptic-only.ts';
import { everySuite } from './every-suite.ts';
import { hello } from './hello.ts';
import { missingIssuer } from './missing-issuer.ts';
import { newerVersion } from './newer-version.ts';
import { olderVersion } from './older-version.ts';
import { ownIssuer } from './own-issuer.ts';
import { otherName } from './other-name.ts';
import { ours } from './ours.ts';
import { ownRevocation } from './own-revocation.ts';
import { restPaths } from './rest-paths.ts';
import { singleSuites } from './single-suites.ts';
import { throwAway } from './throw-away.ts';
import { withoutCertificate } from './without-certificate.ts';
import { withoutServerName } from './without-server-name.ts';

export const probes: readonly Probe[] = [
  ours,
  ownRevocation,
  ownIssuer,
  missingIssuer,
  hello,
  withoutServerName,
  newerVersion,
  olderVersion,
  everySuite,
  ellipticOnly,
  eachAddress,
  again,
  contextPath,
  restPaths,
  withoutCertificate,
  throwAway,
  otherName,
  singleSuites,
];

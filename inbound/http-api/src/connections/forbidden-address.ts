/**
 * Base URLs that are plainly forbidden, refused before anything is kept. The dial judges every resolved address again,
 * by the same guard: this is the early, clear answer, not the wall.
 */
import { guardAddress, readIpAddress } from '@sallyport/addresses';

/** Names that lead into private networks (RFC 6761, 6762, 8375, and `internal`, which ICANN keeps for that). */
const privateName = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;

/** Why `host` (as `URL.hostname` gives it) may not be dialled, in one sentence; null where nothing is against it yet. */
export function forbiddenAddress(host: string, allowPrivate: boolean): string | null {
  const address = host.startsWith('[') ? host.slice(1, -1) : host;
  if (readIpAddress(address) === null) {
    return privateName.test(address) && !allowPrivate
      ? `${host} is a name of private networks; allow private addresses for this connection if that is meant.`
      : null;
  }
  return guardAddress(address, { allowPrivate })?.message ?? null;
}

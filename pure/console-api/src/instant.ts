import { z } from 'zod';

/** An instant, RFC 3339 in UTC. */
export const instant = z.iso.datetime();
export const uuid = z.uuid();
/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Parameters of an address with one id. */
export const idParameters = z.object({ id: uuid });

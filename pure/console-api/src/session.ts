/** Sign-in, sessions, and tokens. */
import { z } from 'zod';
import { instant, uuid } from './instant.ts';

/** NIST SP 800-63B §3.1.1.2: length, not composition. */
export const minimumPasswordLength = 12;
/** Bounded, so that hashing one costs bounded work. */
export const maximumPasswordLength = 256;

const email = z.email().max(254);

/** POST /sign-in. */
export const signIn = z
  .strictObject({ email: z.string().trim().max(254), password: z.string().max(maximumPasswordLength) })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signIn>;

/** POST /first-operator: `token` is the part of the one-time link behind `#`; an invitation is used the same way. */
export const firstOperator = z
  .strictObject({
    token: z.string().min(1).max(200),
    name: z.string().trim().min(1).max(200),
    email,
    password: z.string().min(minimumPasswordLength).max(maximumPasswordLength),
  })
  .meta({ id: 'FirstOperator' });
export type FirstOperator = z.infer<typeof firstOperator>;

/** Header that a cookie request which changes something must carry; its value is `csrfToken` of the session. */
export const csrfHeader = 'x-csrf-token';

/** GET /session; POST /sign-in and /first-operator answer the same. */
export const session = z
  .object({
    /** Null for a token of automation, which belongs to nobody. */
    person: z.object({ id: uuid, name: z.string(), email: z.string() }).nullable(),
    /** Null for Bearer requests, which need none. */
    csrfToken: z.string().nullable(),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** GET /people: everybody who may sign in. */
export const personList = z
  .object({ items: z.array(z.object({ id: uuid, name: z.string(), email: z.string() })) })
  .meta({ id: 'PersonList' });
export type PersonList = z.infer<typeof personList>;

/** POST /people/invitations: the one answer that holds the link; it makes one person and expires. */
export const invitation = z
  .object({
    /** Below this console's address. */
    path: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

export const apiToken = z
  .object({
    id: uuid,
    name: z.string(),
    /** `you` is the caller; tokens of `automation`, the bootstrap token among them, belong to no person. */
    owner: z.enum(['you', 'another-operator', 'automation']),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;

export const apiTokenList = z.object({ items: z.array(apiToken) }).meta({ id: 'ApiTokenList' });
export type ApiTokenList = z.infer<typeof apiTokenList>;

/** POST /tokens. */
export const createToken = z.strictObject({ name: z.string().trim().min(1).max(100) }).meta({ id: 'CreateToken' });
export type CreateToken = z.infer<typeof createToken>;

/** The one answer that holds the token: only its hash is kept. */
export const createdToken = apiToken.extend({ token: z.string() }).meta({ id: 'CreatedToken' });
export type CreatedToken = z.infer<typeof createdToken>;

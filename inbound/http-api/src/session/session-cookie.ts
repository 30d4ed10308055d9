/** The cookie of a session: a random token that scripts cannot read and other sites cannot send. */

/** `__Host-`: browsers take it only with Secure, without Domain, for the whole origin. */
export const sessionCookieName = '__Host-sallyport';

/** Hours until a session ends, whatever was done in it. */
export const sessionHours = 12;

/** Options for the cookie that keeps a session. */
export const sessionCookieOptions = {
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  path: '/',
  maxAge: sessionHours * 3600,
} as const;

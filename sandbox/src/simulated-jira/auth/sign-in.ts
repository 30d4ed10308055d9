/** The outcome of one way of signing in; `not-offered`: the request does not use this way. */
import type { User } from '../issues/issue.ts';

export type SignIn =
  | { readonly kind: 'user'; readonly user: User; readonly by: 'personal-access-token' | 'basic' | 'session' }
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'refused';
      readonly status: 401 | 403;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly isHtml: boolean;
    }
  | { readonly kind: 'not-offered' };

/** Why a connection cannot be dialled for; `actor` can repair it. */
export class BindingError extends Error {
  readonly code: string;
  readonly actor: 'operator' | 'customer';
  constructor(code: string, message: string, actor: 'operator' | 'customer' = 'operator') {
    super(message);
    this.code = code;
    this.actor = actor;
  }
}

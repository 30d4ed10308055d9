import type { Actor, FieldFault, ProblemDocument } from '@sallyport/console-api';

/** What a refusal says: a problem document (RFC 9457), or the console's own word for a way that is cut. */
export type Refusal = Pick<ProblemDocument, 'title' | 'detail' | 'actor' | 'fields' | 'seen'> & {
  readonly code: string;
};

/** A refusal of the API, or of the way to it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** Status of the answer; 0 where none came. */
  readonly status: number;
  /** Stable code, for the person to quote. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly actor: Actor | null;
  /** Which field was refused and why; by the field's dotted path, e.g. `projectKeys.0`. */
  readonly fields: readonly FieldFault[];
  /** What was seen and what was required, by name. */
  readonly seen: Readonly<Record<string, unknown>>;

  constructor(status: number, refusal: Partial<Refusal>) {
    super(refusal.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = refusal.code ?? `http-${status}`;
    this.title = refusal.title ?? 'The answer could not be understood.';
    this.detail = refusal.detail;
    this.actor = refusal.actor ?? null;
    this.fields = refusal.fields ?? [];
    this.seen = refusal.seen ?? {};
  }
}

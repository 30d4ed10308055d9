/** Jira's rate limit: a bucket of tokens for each account; every answer says how it stands, a refusal when to come back. */

export interface RateLimit {
  /** Size of the bucket. */
  readonly limit: number;
  /** Tokens that come back each interval. */
  readonly fillRate: number;
  readonly intervalSeconds: number;
}

/** So much that nobody meets it by accident. */
export const generousRateLimit: RateLimit = { limit: 100_000, fillRate: 10_000, intervalSeconds: 1 };

export interface RateVerdict {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimiter {
  #rate: RateLimit = generousRateLimit;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** All buckets begin full again. */
  set(rate: RateLimit): void {
    this.#rate = rate;
    this.#buckets.clear();
  }

  /** Takes a token of `account` at `at`, epoch milliseconds. */
  take(account: string, at: number): RateVerdict {
    const { limit, fillRate, intervalSeconds } = this.#rate;
    const bucket = this.#buckets.get(account) ?? { tokens: limit, at };
    const intervalMilliseconds = intervalSeconds * 1000;
    const intervals = Math.floor((at - bucket.at) / intervalMilliseconds);
    const tokens = Math.min(limit, bucket.tokens + intervals * fillRate);
    const isAllowed = tokens >= 1;
    const left = isAllowed ? tokens - 1 : tokens;
    const filledAt = bucket.at + intervals * intervalMilliseconds;
    this.#buckets.set(account, { tokens: left, at: filledAt });
    const wait = Math.max(1, Math.ceil((filledAt + intervalMilliseconds - at) / 1000));
    return {
      isAllowed,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-fillrate': String(fillRate),
        'x-ratelimit-interval-seconds': String(intervalSeconds),
        // As Jira has it: 0 while tokens remain.
        'retry-after': String(isAllowed ? 0 : wait),
      },
    };
  }
}

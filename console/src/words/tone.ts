/** What a colour means, on every page. A tone never stands alone: an icon and a word say the same. */
export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'info';

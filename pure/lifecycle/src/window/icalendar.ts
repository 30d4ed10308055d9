/** One window as an iCalendar object (RFC 5545): what both sides put into their calendars. */
import type { Window } from './calendar.ts';

export interface CalendarEntry extends Window {
  /** Stable: a later version of the entry replaces the earlier one. */
  readonly uid: string;
  /** Counts up with each change (RFC 5545 §3.8.7.4). */
  readonly sequence: number;
  /** Epoch milliseconds: when this version was written. */
  readonly writtenAt: number;
  readonly summary: string;
  readonly description: string;
  /** Proposed: an approval is still missing. */
  readonly standing: 'proposed' | 'agreed' | 'cancelled';
}

/** RFC 5545 §3.8.1.11. */
const statuses = { proposed: 'TENTATIVE', agreed: 'CONFIRMED', cancelled: 'CANCELLED' } as const;

/** Instants are written in UTC: every calendar shows them in its own zone, and no zone has to be described. */
export function icalendar(entry: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sallyport//Swaps//EN',
    `METHOD:${entry.standing === 'cancelled' ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(entry.writtenAt)}`,
    `DTSTART:${utc(entry.startsAt)}`,
    `DTEND:${utc(entry.endsAt)}`,
    `SUMMARY:${escaped(entry.summary)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    `STATUS:${statuses[entry.standing]}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function utc(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** RFC 5545 §3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n|\r/g, '\\n');
}

const longestLine = 75;

/** RFC 5545 §3.1: at most 75 octets a line; no character is cut. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > longestLine) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

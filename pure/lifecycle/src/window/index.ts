export { freezeIn, openCalendar, proposeWindows, type Calendar, type Window } from './calendar.ts';
export { icalendar, type CalendarEntry } from './icalendar.ts';
export { instantOf, localText, localTime } from './local-time.ts';

import { PageHeading } from '../../elements/page-heading.tsx';
import { OperatorCalendar } from './calendar/operator-calendar.tsx';
import { People } from './people.tsx';
import { Tokens } from './tokens.tsx';

/** Who may sign in, when we swap certificates, and tokens for the API. */
export function SettingsPage() {
  return (
    <>
      <PageHeading title="Settings">The same facts as in this console are in the API, under /api/v1.</PageHeading>
      <People />
      <OperatorCalendar />
      <Tokens />
    </>
  );
}

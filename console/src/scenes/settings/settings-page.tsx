import { PageHeading } from '../../elements/page-heading.tsx';
import { People } from './people.tsx';
import { Tokens } from './tokens.tsx';

/** Who may sign in, and tokens for the API. */
export function SettingsPage() {
  return (
    <>
      <PageHeading title="Settings">The same facts as in this console are in the API, under /api/v1.</PageHeading>
      <People />
      <Tokens />
    </>
  );
}

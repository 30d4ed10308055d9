/** A running Sallyport with the sandbox's connection in use, and a browser in which its first operator is signed in. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startSallyport, type RunningSallyport } from '../system/running-sallyport.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

export interface SignedInConsole {
  readonly sallyport: RunningSallyport;
  readonly opened: OpenConsole;
  readonly page: Page;
  readonly connectionId: string;
  /** What the browser complained of, without its own words about a status that was expected. */
  complaintsBut(status: number): readonly string[];
  close(): Promise<void>;
}

export async function signedInConsole(): Promise<SignedInConsole> {
  const sallyport = await startSallyport({ SALLYPORT_SANDBOX_ISSUES: '20' });
  const made = await sallyport.call('POST', '/sandbox/connection');
  const { id } = made.body as { id: string };
  await sallyport.call('POST', `/connections/${id}/check`, {});
  await sallyport.call('POST', `/connections/${id}/activate`, {});
  const opened = await signedIn(sallyport);
  return {
    sallyport,
    opened,
    page: opened.page,
    connectionId: id,
    complaintsBut: (status) => opened.complaints.filter((complaint) => !complaint.includes(String(status))),
    close: async () => {
      await opened.close();
      await sallyport.stop();
    },
  };
}

/** A browser in which the first operator has just signed up. */
export async function signedIn(sallyport: RunningSallyport): Promise<OpenConsole> {
  const opened = await openConsole(sallyport.url);
  const { page } = opened;
  assert.ok(sallyport.signInUrl);
  await page.goto(sallyport.signInUrl);
  await page.getByLabel('Your name').fill('Ada Operator');
  await page.getByLabel('E-mail address').fill('ada@operator.example');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create operator and sign in' }).click();
  await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  // Before there was anybody, the console asked who is signed in and was told: nobody.
  (opened.complaints as string[]).length = 0;
  return opened;
}

import type { Page } from 'playwright-core';

/** Switches a fault of the sandbox on its page, found by the search. */
export async function switchFault(page: Page, label: string, on: boolean): Promise<void> {
  await page.goto('/sandbox');
  await page.getByLabel('Search the faults').fill(label);
  const fault = page.getByRole('switch', { name: label });
  await fault.waitFor();
  if ((await fault.isChecked()) !== on) await fault.click();
  await page.locator(`[data-on=${on}]`, { hasText: label }).waitFor();
}

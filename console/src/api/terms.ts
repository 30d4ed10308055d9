/** Address of the printable page of the terms that hold for a connection. */
export function termsPageAddress(connectionId: string): string {
  return `/api/v1/connections/${connectionId}/terms?format=html`;
}

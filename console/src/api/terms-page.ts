/** Address of the printable page of a connection's terms. */
export function termsPageAddress(connectionId: string): string {
  return `/api/v1/connections/${connectionId}/terms?format=html`;
}

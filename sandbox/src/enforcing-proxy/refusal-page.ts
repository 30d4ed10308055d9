/** The pages of an nginx with `ssl_verify_client on`: the handshake is finished, the refusal comes in HTTP. */

export type Refusal =
  | { readonly status: 400; readonly title: string; readonly sentence: string }
  | { readonly status: 414 | 421 | 404; readonly title: string; readonly sentence: string };

export const noCertificate: Refusal = {
  status: 400,
  title: '400 No required SSL certificate was sent',
  sentence: 'No required SSL certificate was sent',
};
export const certificateError: Refusal = {
  status: 400,
  title: '400 The SSL certificate error',
  sentence: 'The SSL certificate error',
};
export const uriTooLarge: Refusal = { status: 414, title: '414 Request-URI Too Large', sentence: '' };
export const notForThisHost: Refusal = {
  status: 421,
  title: '421 Misdirected Request',
  sentence: 'The sandbox answers for localhost and names below .example only.',
};
export const nothingHere: Refusal = { status: 404, title: '404 Not Found', sentence: 'Jira is below /jira.' };

export function refusalPage({ status, title, sentence }: Refusal): string {
  const heading = sentence !== '' && status === 400 ? '400 Bad Request' : title;
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${heading}</h1></center>`,
    ...(sentence === '' ? [] : [`<center>${sentence}</center>`]),
    '<hr><center>nginx (SANDBOX)</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

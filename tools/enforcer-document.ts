/** docs/enforcer.md, from the data of the enforcer kit. */
import { abilityNames, products, type Abilities, type Faces, type Product } from '@sallyport/enforcer-kit';

const faceNames: Readonly<Record<keyof Faces, string>> = {
  none: 'no certificate',
  expired: 'expired',
  stranger: 'another CA',
  revoked: 'revoked',
  serverAuthOnly: 'serverAuth only',
  otherName: 'same CA, other name',
  otherCase: 'same name in other capitals',
  coveringWildcard: 'same CA, a wildcard that covers the name',
  nameless: 'our subject, no subjectAltName',
  listEnded: 'ours, when the CRL of its issuer has ended',
  listMissing: 'ours, when there is no CRL of its issuer',
};
const abilities = Object.keys(abilityNames) as (keyof Abilities)[];

export function enforcerDocument(
  table: (head: readonly string[], rows: readonly (readonly string[])[]) => string,
): string {
  const tested = products.filter(({ testedWith }) => testedWith !== null);
  const checklists = products.filter(({ testedWith }) => testedWith === null);
  return `# The enforcer kit

Made by \`node tools/generate-docs.ts\` from \`pure/enforcer-kit\`. What stands here about the first five products is what
\`test/system/enforcers\` sees when it starts each of them from the generated text.

Mutual TLS is enforced on the customer's side, by Jira's own Tomcat or by a proxy before it. The kit is that side's complete
configuration for one connection: \`./sallyport enforcer PRODUCT --connection CONNECTION\` for a stored one, with \`--jira URL\` and
flags for any other (\`--help\`), or \`GET /api/v1/connections/{id}/enforcer/{product}\` (JSON, or \`?format=text\`). It holds
- the TLS policy of the terms: versions, suites, groups; no tickets, no resumption, no renegotiation;
- the CA of our client certificate and no other, **and the exact name** of the current certificate and of the next one;
- headers that carry a client certificate, taken away or refused when they come from outside;
- the REST paths and methods of the terms, anything else refused, by the request as it was sent;
- revocation by CRL, **with the job that refreshes it**; our addresses; the reload command; and how to test it.

A CA alone is not enough: where it issues for others too, a product that cannot match the exact name lets them in. The kit
says so, and asks for a certificate of a private CA. **Read the warnings at its head first.** The root, which no chain
brings, is there where it is a public one or given by \`--ca\`; where it is missing the kit says so: append it to the CA file.

## What each product can
${table(
  ['Product', ...abilities.map((ability) => abilityNames[ability] ?? ability), 'Tested with'],
  products.map((product) => [
    product.title,
    ...abilities.map((ability) => product.abilities[ability].can),
    product.testedWith ?? 'not tested by us',
  ]),
)}
## What a client sees
Ours gets HTTP 200 from all of them.

${table(
  ['Client', ...tested.map(({ title }) => title)],
  (Object.keys(faceNames) as (keyof Faces)[]).map((face) => [
    faceNames[face],
    ...tested.map(({ faces }) => faces?.[face] ?? ''),
  ]),
)}
\`HTTP 200\` in this table is a client that comes in and should not, or need not: the product cannot tell it apart.
The last two rows are why alert 45 or 48 does not always speak of our certificate: look at the far side's CRL file too.

## The refresh job
\`refresh-crl.sh\` runs every hour. A server that looks at a CRL refuses **every** client from the moment at which the list ends
(nextUpdate), so a CRL without such a job is an outage with a date.
- It fetches each list (http and https only, at most three redirects, 100 MB, 60 s), verifies with openssl that the right CA signed
  it, that it has begun and not ended, and that its number is not lower than that of the list at hand.
- It writes the new file beside the old one and moves it over, checks the configuration, reloads, and puts the old file back when the
  server does not take the new one. What cannot be fetched or verified never replaces what is held.
- It cries, by exit status 1, standard error (cron mails it), syslog and a program of yours (\`SALLYPORT_ALARM\`), when a fetch fails,
  and when a list ends within 24 hours, or within a third of its life where that is less.
- nginx, Apache, HAProxy and Tomcat ask for a list of every CA of the path, so the job fetches the root's list too. A list that is dated in the future refuses
  everybody; the job waits until its time has come.
- The lists are those that the certificates of the kit name: after a swap to a certificate that names others, make the kit anew.

## Product by product
${tested.map(section).join('\n')}
## Not tested by us
For products that cannot be started on a test machine the kit is a list to tick off: the facts are the same, and right; the words of
settings come from manuals and from what others reported.

${checklists.map(section).join('\n')}`;
}

function section(product: Product): string {
  const lines = abilities.map((ability) => {
    const { can, words } = product.abilities[ability];
    return `- ${abilityNames[ability] ?? ability}: **${can}**. ${words}`;
  });
  const refusal = `- A client without the right certificate sees: ${product.refusal}.`;
  const reload = product.reload === null ? [] : [`- Check and reload: \`${product.reload}\``];
  const differences = product.differences.map((difference) => `- ${difference}`);
  return `### ${product.title}\n${[...lines, refusal, ...reload, '', 'Different from what one would think:', '', ...differences].join('\n')}\n`;
}

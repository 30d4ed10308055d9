/** Words for made-up issues. */

export const actions = [
  'Support',
  'Remove',
  'Speed up',
  'Redesign',
  'Log',
  'Validate',
  'Cache',
  'Document',
  'Retry',
  'Localise',
  'Archive',
  'Monitor',
] as const;

export const things = [
  'the order confirmation mail',
  'address validation',
  'SEPA direct debit',
  'the search index',
  'nightly backups',
  'the voucher form',
  'session timeouts',
  'the returns process',
  'VAT for Switzerland',
  'certificate renewal',
  'the price list import',
  'image thumbnails',
  'stock levels per warehouse',
  'the “forgot password” page',
  'invoice numbers',
  'rate limits of the carrier API',
  'Größenangaben in der Artikelliste',
  'the audit report',
  'webhooks to the ERP',
  '发票导出',
] as const;

export const circumstances = [
  'on mobile',
  'for guests',
  'in the checkout',
  'after a deployment',
  'for large orders',
  'when the ERP is down',
  'in the admin area',
  'for existing customers',
  'under load',
  'at the end of the month',
] as const;

export const symptoms = [
  'answers with an empty page',
  'shows the price of yesterday',
  'takes more than 20 s',
  'loses the selected language',
  'counts an item twice',
  'sends the mail to nobody',
  'writes "null" into the PDF',
  'fails after the second try',
] as const;

export const labels = [
  'checkout',
  'tech-debt',
  'customer-request',
  'security',
  'ux',
  'flaky',
  'q3',
  'compliance',
] as const;
export const components = ['Frontend', 'Backend', 'Integration', 'Infrastructure'] as const;
export const versions = ['2026.1', '2026.2', '2026.3'] as const;
export const customers = ['Nordwind AG', 'Blue Harbour Ltd', 'Casa Verde S.L.'] as const;
/** Sprint names that break naive parsers of the `Sprint@…[…]` form. */
export const sprintNames = ['Sprint', 'Shop, Team A = Sprint', 'Hardening [infra]', 'Спринт'] as const;

import { checklistProduct } from '../checklist.ts';

export const awsAlb = checklistProduct(
  {
    id: 'aws-alb',
    title: 'AWS Application Load Balancer',
    abilities: {
      nameMatch: {
        can: 'no',
        words: 'It verifies the CA only; what stands behind it has to compare the subject that it hands on.',
      },
      revocation: {
        can: 'partly',
        words: 'CRLs that you upload to the trust store; it fetches none, so a job of yours has to.',
      },
      headerStrip: {
        can: 'partly',
        words: 'It writes its own X-Amzn-Mtls-… headers; other names have to be removed behind it.',
      },
      restPaths: { can: 'yes', words: 'By listener rules; the default action refuses with a fixed answer of 403.' },
      tlsPolicy: { can: 'partly', words: 'One of its security policies; no finite-field suites.' },
    },
    differences: [
      'Mode "passthrough" enforces nothing: it hands any certificate on.',
      'A refused client sees a reset, not an alert; the connection log says why.',
    ],
    refusal: 'a reset of the connection',
  },
  {
    tls: 'listener: a security policy with TLS 1.2 and ECDHE with AES-GCM',
    clientCertificate: 'listener: mutual authentication, mode "verify" (never "passthrough")',
    authority: 'trust store: a bundle with the certificates below',
    name: 'behind it: compare X-Amzn-Mtls-Clientcert-Subject; or ask the operator for a certificate of a private CA',
    revocation:
      'trust store: add revocation lists from S3; a scheduled job has to bring new ones before the old ones end',
    headers: 'behind it',
    paths: 'listener rules by path and method',
  },
);

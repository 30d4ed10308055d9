/** Under these names answers are kept; what changes connections renews everything below the first. */
export const connectionsKey = ['connections'] as const;
export const sessionKey = ['session'] as const;
export const sandboxKey = ['sandbox'] as const;
export const peopleKey = ['people'] as const;
export const tokensKey = ['tokens'] as const;
export const revocationSourcesKey = ['revocation-sources'] as const;
export const softeningsKey = ['revocation-softenings'] as const;
export const clientCertificatesKey = ['client-certificates'] as const;
export const certificateRequestsKey = ['certificate-requests'] as const;
export const certificateUploadsKey = ['certificate-uploads'] as const;
export const swapsKey = ['swaps'] as const;
export const rolloutsKey = ['rollouts'] as const;
export const sealKeysKey = ['seal-keys'] as const;
export const serverCertificatesKey = ['server-certificates'] as const;

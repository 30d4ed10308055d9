import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { AnnouncementProvider } from './elements/announcement.tsx';
import { Waiting } from './elements/waiting.tsx';
import { Gate } from './frame/gate.tsx';
import { theme } from './theme.ts';

const SignInPage = lazy(async () => ({ default: (await import('./scenes/sign-in/sign-in-page.tsx')).SignInPage }));
const FirstOperatorPage = lazy(async () => ({
  default: (await import('./scenes/sign-in/first-operator-page.tsx')).FirstOperatorPage,
}));
const ConnectionsPage = lazy(async () => ({
  default: (await import('./scenes/connections/connections-page.tsx')).ConnectionsPage,
}));
const NewConnectionPage = lazy(async () => ({
  default: (await import('./scenes/new-connection/new-connection-page.tsx')).NewConnectionPage,
}));
const ChangeConnectionPage = lazy(async () => ({
  default: (await import('./scenes/new-connection/change-connection-page.tsx')).ChangeConnectionPage,
}));
const ConnectionPage = lazy(async () => ({
  default: (await import('./scenes/connection/connection-page.tsx')).ConnectionPage,
}));
const IssuePage = lazy(async () => ({ default: (await import('./scenes/issues/issue-page.tsx')).IssuePage }));
const ClientCertificatesPage = lazy(async () => ({
  default: (await import('./scenes/client-certificates/client-certificates-page.tsx')).ClientCertificatesPage,
}));
const ClientCertificatePage = lazy(async () => ({
  default: (await import('./scenes/client-certificate/client-certificate-page.tsx')).ClientCertificatePage,
}));
const NewCertificatePage = lazy(async () => ({
  default: (await import('./scenes/certificate-intake/new-certificate-page.tsx')).NewCertificatePage,
}));
const CertificateRequestPage = lazy(async () => ({
  default: (await import('./scenes/certificate-intake/certificate-request-page.tsx')).CertificateRequestPage,
}));
const CertificateUploadPage = lazy(async () => ({
  default: (await import('./scenes/certificate-intake/certificate-upload-page.tsx')).CertificateUploadPage,
}));
const SwapPage = lazy(async () => ({ default: (await import('./scenes/swap/swap-page.tsx')).SwapPage }));
const NewRolloutPage = lazy(async () => ({
  default: (await import('./scenes/new-rollout/new-rollout-page.tsx')).NewRolloutPage,
}));
const RolloutPage = lazy(async () => ({ default: (await import('./scenes/rollout/rollout-page.tsx')).RolloutPage }));
const ConnectorsPage = lazy(async () => ({
  default: (await import('./scenes/connectors/connectors-page.tsx')).ConnectorsPage,
}));
const CustodyPage = lazy(async () => ({ default: (await import('./scenes/custody/custody-page.tsx')).CustodyPage }));
const RevocationPage = lazy(async () => ({
  default: (await import('./scenes/revocation/revocation-page.tsx')).RevocationPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./scenes/settings/settings-page.tsx')).SettingsPage,
}));
const SandboxPage = lazy(async () => ({ default: (await import('./scenes/sandbox/sandbox-page.tsx')).SandboxPage }));
const UnknownPage = lazy(async () => ({ default: (await import('./frame/unknown-page.tsx')).UnknownPage }));

/** The console: providers and routes. Each page is a chunk of its own. */
export function Application() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <AnnouncementProvider>
          <BrowserRouter>
            <Suspense fallback={<Waiting what="the console" />}>
              <Routes>
                <Route path="/sign-in" element={<SignInPage />} />
                <Route path="/first-operator" element={<FirstOperatorPage />} />
                <Route element={<Gate />}>
                  <Route index element={<ConnectionsPage />} />
                  <Route path="/connections/new" element={<NewConnectionPage />} />
                  <Route path="/connections/:connectionId/issues/:remoteId" element={<IssuePage />} />
                  <Route path="/connections/:connectionId/change" element={<ChangeConnectionPage />} />
                  <Route path="/connections/:connectionId/:part?" element={<ConnectionPage />} />
                  <Route path="/client-certificates" element={<ClientCertificatesPage />} />
                  <Route path="/client-certificates/new" element={<NewCertificatePage />} />
                  <Route path="/client-certificates/requests/:requestId" element={<CertificateRequestPage />} />
                  <Route path="/client-certificates/uploads/:uploadId" element={<CertificateUploadPage />} />
                  <Route path="/client-certificates/:certificateId" element={<ClientCertificatePage />} />
                  <Route path="/swaps/:swapId" element={<SwapPage />} />
                  <Route path="/rollouts/new" element={<NewRolloutPage />} />
                  <Route path="/rollouts/:rolloutId" element={<RolloutPage />} />
                  <Route path="/connectors" element={<ConnectorsPage />} />
                  <Route path="/custody" element={<CustodyPage />} />
                  <Route path="/revocation" element={<RevocationPage />} />
                  <Route path="/settings" element={<SettingsPage />} />
                  <Route path="/sandbox" element={<SandboxPage />} />
                  <Route path="*" element={<UnknownPage />} />
                </Route>
              </Routes>
            </Suspense>
          </BrowserRouter>
        </AnnouncementProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme.css';
import { Application } from './application.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Application />
    </StrictMode>,
  );
}

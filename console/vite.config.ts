import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Libraries that change seldom have chunks of their own, so that a new console is a small download. */
const vendorChunks = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
  { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui|react-remove-scroll|tabbable|clsx)/ },
  { name: 'query', test: /node_modules\/@tanstack\// },
];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing inlined: the content security policy of the console knows no data: but for images.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: vendorChunks } } },
  },
});

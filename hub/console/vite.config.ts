import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const hub = process.env.ORDERHUB_URL ?? 'http://127.0.0.1:8080';

/** What every page needs stays in chunks of its own: an upgrade that changes one page leaves the others cached. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/(react|react-dom|scheduler)\//.test(id)) return 'react';
  if (/node_modules\/(@tanstack\/(query-core|react-query)|wouter|regexparam)\//.test(id)) return 'data';
  return undefined;
}

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': hub, '/metrics': hub, '/readyz': hub } },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'panel.html'], output: { manualChunks: chunkOf } },
  },
});

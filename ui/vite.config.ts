import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
    base: '/ui/',
    plugins: [react()],
    build: {
        outDir: 'target/classes/org/pombal/ui',
        emptyOutDir: true,
        // Nothing inside of the page or the styles, so that the policy can forbid it.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        chunkSizeWarningLimit: 1000,
    },
    server: { proxy: { '/api': 'http://127.0.77.100:18080' } },
    test: {
        environment: 'jsdom',
        setupFiles: 'src/testing/setup.ts',
        include: ['src/**/*.test.{ts,tsx}'],
        restoreMocks: true,
        // Of a machine that does much else beside.
        testTimeout: 30_000,
        // Two cores, and each process pays for its own jsdom.
        maxWorkers: 2,
        isolate: false,
    },
});

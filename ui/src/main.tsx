import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { keys } from './api/queries';
import { statusOf } from './api/problem';
import { App } from './App';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/content.css';

const queries = new QueryClient({
    defaultOptions: {
        queries: {
            staleTime: 2_000,
            retry: (count, failure) => {
                const status = statusOf(failure) ?? 0;
                if (status === 401) {
                    void queries.invalidateQueries({ queryKey: keys.me });
                }
                return count < 2 && (status === 0 || status >= 500);
            },
        },
    },
});

const root = document.getElementById('root');
if (root === null) {
    throw new Error('index.html has no #root');
}
createRoot(root).render(
    <StrictMode>
        <QueryClientProvider client={queries}>
            <BrowserRouter basename="/ui">
                <App />
            </BrowserRouter>
        </QueryClientProvider>
    </StrictMode>,
);

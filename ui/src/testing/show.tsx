import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { SiteContext } from '../layout/site';
import { SessionContext, type Role } from '../session/caller';

const INCLUDED: Record<Role, Role[]> = {
    viewer: ['viewer'],
    operator: ['viewer', 'operator'],
    admin: ['viewer', 'operator', 'admin'],
};

interface Options {
    role?: Role;
    address?: string;
    /** Of the page, with its parameters. */
    route?: string;
}

/** Shows something as it is within the pages: to somebody with a role, at an address. */
export function show(what: ReactNode, { role = 'admin', address = '/', route = '*' }: Options = {}) {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    return render(
        <QueryClientProvider client={queries}>
            <MemoryRouter initialEntries={[address]}>
                <SessionContext value={{ caller: { name: 'ana', roles: INCLUDED[role] }, logOut: () => undefined }}>
                    <SiteContext value={{ own: 'lisbon', site: 'lisbon', choose: () => undefined }}>
                        <Routes>
                            <Route path={route} element={what} />
                        </Routes>
                    </SiteContext>
                </SessionContext>
            </MemoryRouter>
        </QueryClientProvider>,
    );
}

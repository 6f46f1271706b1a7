import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { answer, read } from '../api/client';
import { keys } from '../api/queries';
import { statusOf } from '../api/problem';
import { ProblemNote } from '../components/Note';
import { SessionContext } from './caller';
import { Login } from './Login';
import { dropToken, tokenOf } from './token';

/** Shows what is inside to whoever is logged in, and the way in to everybody else. */
export function LoggedIn({ children }: { children: ReactNode }) {
    const queries = useQueryClient();
    const me = useQuery({
        queryKey: keys.me,
        queryFn: () => answer(read('/api/v1/me')),
        refetchInterval: 60_000,
        retry: (count, failure) => count < 1 && statusOf(failure) !== 401,
    });
    const session = useMemo(
        () =>
            me.data === undefined
                ? undefined
                : {
                      caller: me.data,
                      logOut: () => {
                          const browser = tokenOf() === undefined;
                          dropToken();
                          void (browser ? leaveIssuer() : Promise.resolve()).finally(() => {
                              queries.clear();
                              window.location.assign('/ui/');
                          });
                      },
                  },
        [me.data, queries],
    );
    if (statusOf(me.error) === 401) {
        return <Login />;
    }
    if (session === undefined) {
        return me.error === null ? (
            <p className="starting" role="status">
                Pombal
            </p>
        ) : (
            <main className="login">
                <ProblemNote failure={me.error} what="The controller does not answer as it should" />
            </main>
        );
    }
    return <SessionContext value={session}>{children}</SessionContext>;
}

/** Ends the browser's session here; the one at the issuer goes on unless it is ended there. */
async function leaveIssuer(): Promise<void> {
    await fetch('/api/v1/logout', { method: 'POST' });
}

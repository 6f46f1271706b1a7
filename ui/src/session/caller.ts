import { createContext, useContext } from 'react';
import type { Schemas } from '../api/client';

export type Role = 'viewer' | 'operator' | 'admin';

/** Who is in front of the screen. */
export interface Session {
    caller: Schemas['Caller'];
    logOut: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
    const session = useContext(SessionContext);
    if (session === undefined) {
        throw new Error('nobody is logged in here');
    }
    return session;
}

export function useMay(role: Role): boolean {
    return useSession().caller.roles.includes(role);
}

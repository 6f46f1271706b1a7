import { createContext, useContext } from 'react';

export interface SiteChoice {
    /** The one that this controller is of. */
    own: string;
    /** The one that is looked at. */
    site: string;
    choose: (site: string) => void;
}

export const SiteContext = createContext<SiteChoice | undefined>(undefined);

export function useSite(): SiteChoice {
    const choice = useContext(SiteContext);
    if (choice === undefined) {
        throw new Error('no site is chosen');
    }
    return choice;
}

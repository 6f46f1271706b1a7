import { useEffect } from 'react';
import type { Schemas } from '../../api/client';
import { Store, useStore } from '../../live/store';
import { recent, tried } from '../statistics';

export interface Sample {
    /** Seconds since 1970. */
    at: number;
    logins: number;
    failures: number;
}

const KEPT = 720;
const LEAST_GAP_S = 4;

const bySite = new Map<string, Store<readonly Sample[]>>();

const key = (site: string) => `pombal.history.${site}`;

/** A tab that is loaded again goes on where it was. */
function kept(site: string): readonly Sample[] {
    return JSON.parse(sessionStorage.getItem(key(site)) ?? '[]') as Sample[];
}

function samplesOf(site: string): Store<readonly Sample[]> {
    const known = bySite.get(site) ?? new Store<readonly Sample[]>(kept(site));
    bySite.set(site, known);
    return known;
}

/** Logins and failures each second, of all proxies, as this tab has seen them: the controller keeps no history. */
export function useHistory(
    site: string,
    rows: readonly Schemas['ProxyStatistics'][] | undefined,
    readAt: number,
): readonly Sample[] {
    const store = samplesOf(site);
    useEffect(() => {
        const last = store.get().at(-1);
        const at = readAt / 1000;
        if (rows === undefined || readAt === 0 || (last !== undefined && at - last.at < LEAST_GAP_S)) {
            return;
        }
        const all = tried(recent(rows, readAt).filter((row) => !row.toSite && row.traffic === 'sessions'));
        const failures = all.attempts === 0 ? 0 : all.rate * (all.failures / all.attempts);
        const samples = [...store.get(), { at, logins: all.rate, failures }].slice(-KEPT);
        store.set(samples);
        sessionStorage.setItem(key(site), JSON.stringify(samples));
    }, [store, site, rows, readAt]);
    return useStore(store);
}

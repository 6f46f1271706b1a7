import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** The time, each second. */
export function useNow(): number {
    const [now, setNow] = useState(() => Date.now());
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), 1000);
        return () => clearInterval(timer);
    }, []);
    return now;
}

/** How old the oldest of what is shown is, in milliseconds; undefined while nothing is there yet. */
export function useDataAge(): number | undefined {
    const queries = useQueryClient();
    const now = useNow();
    const read = queries
        .getQueryCache()
        .findAll({ type: 'active' })
        // What is never read again does not grow old: it is what was asked for.
        .filter((query) => query.state.dataUpdatedAt > 0 && query.observers.some((one) => one.options.refetchInterval))
        .map((query) => query.state.dataUpdatedAt);
    return read.length === 0 ? undefined : Math.max(0, now - Math.min(...read));
}

import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A part of what is shown, kept in the page's address, so that it can be sent to a colleague and survives a reload. */
export function useAddress(name: string, fallback = ''): [string, (value: string) => void] {
    const [query, setQuery] = useSearchParams();
    const set = useCallback(
        (value: string) =>
            setQuery(
                (before) => {
                    const next = new URLSearchParams(before);
                    if (value === fallback) {
                        next.delete(name);
                    } else {
                        next.set(name, value);
                    }
                    return next;
                },
                { replace: true },
            ),
        [setQuery, name, fallback],
    );
    return [query.get(name) ?? fallback, set];
}

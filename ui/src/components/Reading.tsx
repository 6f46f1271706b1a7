import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from './Note';

interface ReadingProps<T> {
    query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending'>;
    what: string;
    children: (data: T) => ReactNode;
}

/** Something that is read: what is known of it, and why it is not known, or not any more. */
export function Reading<T>({ query, what, children }: ReadingProps<T>) {
    return (
        <>
            {query.error === null ? null : <ProblemNote failure={query.error} what={`${what} cannot be read now`} />}
            {query.data === undefined ? (
                query.error === null && query.isPending ? (
                    <p className="quiet" role="status">
                        Reading…
                    </p>
                ) : null
            ) : (
                children(query.data)
            )}
        </>
    );
}

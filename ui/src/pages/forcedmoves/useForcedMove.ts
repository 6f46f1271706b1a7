import { useQuery } from '@tanstack/react-query';
import { answer, read } from '../../api/client';
import { SELDOM } from '../../api/queries';

export type Kind = 'site' | 'backend';

/** Which of the users of a site or backend are moved when they log in. */
export function useForcedMove(kind: Kind, name: string) {
    return useQuery({
        queryKey: ['forced-moves', kind, name],
        queryFn: () =>
            kind === 'site'
                ? answer(read('/api/v1/sites/{site}/force-move', { params: { path: { site: name } } }))
                : answer(read('/api/v1/backends/{host}/force-move', { params: { path: { host: name } } })),
        refetchInterval: SELDOM,
    });
}

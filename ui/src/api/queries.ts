import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, answerOrNull, read, type Schemas } from './client';
import { ApiProblem } from './problem';

/** How often is read what no event tells of. */
export const OFTEN = 5_000;
export const SELDOM = 30_000;

/** What takes long to read is read the more seldom, so that looking at a large site is no load on it. */
const REST = 20;
const lastTook = new Map<string, number>();

export async function timed<T>(what: string, reading: Promise<T>): Promise<T> {
    const began = Date.now();
    const data = await reading;
    lastTook.set(what, Date.now() - began);
    return data;
}

export function paced(what: string, usual: number): number {
    return Math.max(usual, REST * (lastTook.get(what) ?? 0));
}

const LARGEST_PART = 1000;

export const keys = {
    me: ['me'],
    health: ['health'],
    sites: ['sites'],
    tags: ['tags'],
    backends: ['backends'],
    groups: ['groups'],
    users: ['users'],
    features: ['features'],
    nodes: ['nodes'],
    statistics: ['statistics'],
    audit: ['audit'],
    tokens: ['tokens'],
    tasks: ['tasks'],
    plans: ['plans'],
    steps: ['automation-steps'],
} as const;

export function useHealth() {
    return useQuery({
        queryKey: keys.health,
        queryFn: () => answer(read('/api/v1/health')),
        refetchInterval: OFTEN,
        retry: false,
    });
}

export function useSites() {
    return useQuery({
        queryKey: keys.sites,
        queryFn: async () => (await answer(read('/api/v1/sites'))).items,
        refetchInterval: SELDOM,
    });
}

export function useTags() {
    return useQuery({
        queryKey: keys.tags,
        queryFn: async () => (await answer(read('/api/v1/tags'))).items,
        refetchInterval: SELDOM,
    });
}

/** The backends of all sites, with what they serve. */
export function useBackends() {
    return useQuery({
        queryKey: keys.backends,
        queryFn: async () =>
            (await timed('backends', answer(read('/api/v1/backends', { params: { query: { load: true } } })))).items,
        refetchInterval: () => paced('backends', OFTEN),
        placeholderData: keepPreviousData,
    });
}

/** All groups of a site; read in parts of a thousand. */
export function useGroups(site: string) {
    return useQuery({
        queryKey: [...keys.groups, site, 'all'],
        queryFn: ({ signal }) => timed('groups', allGroups(site, {}, signal)),
        refetchInterval: () => paced('groups', SELDOM),
    });
}

/** Those that move. */
export function useMoves(site: string) {
    return useQuery({
        queryKey: [...keys.groups, site, 'moving'],
        queryFn: ({ signal }) => timed('moves', allGroups(site, { moving: true }, signal)),
        refetchInterval: () => paced('moves', OFTEN),
    });
}

/** Users who are leaving groups of the site. */
export function useUserMoves(site: string) {
    return useQuery({
        queryKey: [...keys.groups, site, 'users-moving'],
        queryFn: ({ signal }) => timed('user-moves', allUserMoves(site, signal)),
        refetchInterval: () => paced('user-moves', OFTEN),
    });
}

async function allUserMoves(site: string, signal: AbortSignal): Promise<Schemas['UserMove'][]> {
    const all: Schemas['UserMove'][] = [];
    let cursor: string | undefined;
    do {
        const part: Schemas['ItemsOfUserMove'] = await answer(
            read('/api/v1/sites/{site}/user-moves', {
                params: { path: { site }, query: { limit: LARGEST_PART, cursor } },
                signal,
            }),
        );
        all.push(...part.items);
        cursor = part.next;
    } while (cursor !== undefined);
    return all;
}

async function allGroups(
    site: string,
    filter: { moving?: boolean; backend?: string },
    signal: AbortSignal,
): Promise<Schemas['Group'][]> {
    const all: Schemas['Group'][] = [];
    let cursor: string | undefined;
    do {
        const part: Schemas['ItemsOfGroup'] = await answer(
            read('/api/v1/sites/{site}/groups', {
                params: { path: { site }, query: { ...filter, limit: LARGEST_PART, cursor } },
                signal,
            }),
        );
        all.push(...part.items);
        cursor = part.next;
    } while (cursor !== undefined);
    return all;
}

export function useGroup(site: string, group: string) {
    return useQuery({
        queryKey: [...keys.groups, site, 'one', group],
        queryFn: () => answer(read('/api/v1/sites/{site}/groups/{group}', { params: { path: { site, group } } })),
        refetchInterval: OFTEN,
    });
}

/** How far a move is; null if it has ended. */
export function useMoveProgress(site: string, group: string, enabled = true) {
    return useQuery({
        queryKey: [...keys.groups, site, 'progress', group],
        queryFn: () =>
            answerOrNull(read('/api/v1/sites/{site}/groups/{group}/move', { params: { path: { site, group } } })),
        enabled,
        refetchInterval: 2_000,
    });
}

export interface UserSearch {
    prefix: string;
    group?: string | undefined;
    backend?: string | undefined;
    site?: string | undefined;
}

export function useUsers(search: UserSearch, enabled: boolean) {
    return useInfiniteQuery({
        queryKey: [...keys.users, 'search', search],
        queryFn: ({ pageParam }) =>
            answer(read('/api/v1/users', { params: { query: { ...search, limit: 200, cursor: pageParam } } })),
        initialPageParam: undefined as string | undefined,
        getNextPageParam: (last) => last.next,
        enabled,
    });
}

export function useUser(user: string) {
    return useQuery({
        queryKey: [...keys.users, 'one', user],
        queryFn: () => answer(read('/api/v1/users/{user}', { params: { path: { user } } })),
        refetchInterval: OFTEN,
        enabled: user !== '',
        retry: (count, failure) => count < 2 && !(failure instanceof ApiProblem && failure.status < 500),
    });
}

/** The sessions that a user has; each time Dovecot's doveadm on the backend is asked. */
export function useUserSessions(user: string) {
    return useQuery({
        queryKey: [...keys.users, 'sessions', user],
        queryFn: () => answer(read('/api/v1/users/{user}/sessions', { params: { path: { user } } })),
        refetchInterval: SELDOM,
        retry: false,
    });
}

/** How many users the groups and backends of a site had when they were counted last. */
export function useUserCounts(site: string) {
    return useQuery({
        queryKey: ['user-counts', site],
        queryFn: () => answer(read('/api/v1/sites/{site}/user-counts', { params: { path: { site } } })),
        refetchInterval: SELDOM,
    });
}

/** How many users there are in groups of a backend, or of one group; counted up to a limit. */
export async function countUsers(
    query: { backend?: string; group?: string; site?: string },
    limit: number,
    signal?: AbortSignal,
): Promise<{ users: number; more: boolean }> {
    let users = 0;
    let cursor: string | undefined;
    do {
        const part: Schemas['ItemsOfListedUser'] = await answer(
            read('/api/v1/users', { params: { query: { ...query, limit: LARGEST_PART, cursor } }, signal }),
        );
        users += part.items.length;
        cursor = part.next;
    } while (cursor !== undefined && users < limit);
    return { users, more: cursor !== undefined };
}

export function useFeatures(site: string | undefined) {
    return useQuery({
        queryKey: [...keys.features, site],
        queryFn: async () =>
            (await answer(read('/api/v1/sites/{site}/features', { params: { path: { site: site ?? '' } } }))).items,
        enabled: site !== undefined,
        refetchInterval: SELDOM,
    });
}

export function useNodes(site: string) {
    return useQuery({
        queryKey: [...keys.nodes, site],
        queryFn: async () => (await answer(read('/api/v1/sites/{site}/nodes', { params: { path: { site } } }))).items,
        refetchInterval: OFTEN,
    });
}

export function useStatistics(site: string) {
    return useQuery({
        queryKey: [...keys.statistics, site],
        queryFn: async () =>
            (await answer(read('/api/v1/sites/{site}/proxy-statistics', { params: { path: { site } } }))).items,
        refetchInterval: OFTEN,
    });
}

export function useLeader() {
    return useQuery({
        queryKey: ['leader'],
        queryFn: () => answer(read('/api/v1/leader')),
        refetchInterval: OFTEN,
    });
}

export function useTaskQueues() {
    return useQuery({
        queryKey: [...keys.tasks, 'queues'],
        queryFn: async () => (await answer(read('/api/v1/task-queues'))).items,
        refetchInterval: OFTEN,
    });
}

/** Tasks that came to nothing; the youngest. */
export function useGivenUpTasks() {
    return useQuery({
        queryKey: [...keys.tasks, 'given-up'],
        queryFn: async () =>
            (await answer(read('/api/v1/tasks', { params: { query: { state: 'given-up', limit: LARGEST_PART } } })))
                .items,
        refetchInterval: SELDOM,
    });
}

export function useSettings() {
    return useQuery({
        queryKey: ['settings'],
        queryFn: async () => (await answer(read('/api/v1/settings'))).items,
        staleTime: 60_000,
    });
}

export function useTokens(enabled: boolean) {
    return useQuery({
        queryKey: keys.tokens,
        queryFn: async () => (await answer(read('/api/v1/tokens'))).items,
        enabled,
    });
}

/** The audit log, or what it has of one target. */
export function useAudit(target?: string) {
    return useInfiniteQuery({
        queryKey: [...keys.audit, target ?? ''],
        queryFn: ({ pageParam }) =>
            answer(read('/api/v1/audit', { params: { query: { target, limit: 200, cursor: pageParam } } })),
        initialPageParam: undefined as string | undefined,
        getNextPageParam: (last) => last.next,
        refetchInterval: SELDOM,
    });
}

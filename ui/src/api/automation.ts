import { useQuery } from '@tanstack/react-query';
import { answer, answerOrNull, read, type Schemas } from './client';
import { keys, OFTEN, paced, SELDOM, timed } from './queries';

/** What the automation decided last, of the controller's own site; parts that have not decided anything are not in it. */
export function usePlans() {
    return useQuery({
        queryKey: keys.plans,
        queryFn: async () => (await answer(read('/api/v1/plans'))).items,
        refetchInterval: OFTEN,
    });
}

/** What a part would decide now; of those that can say so without counting all users. */
export function useSimulation(name: string, enabled: boolean) {
    const what = `simulation of ${name}`;
    return useQuery({
        queryKey: ['simulation', name],
        queryFn: () => timed(what, answer(read('/api/v1/plans/{name}/simulation', { params: { path: { name } } }))),
        enabled,
        refetchInterval: () => paced(what, 15_000),
    });
}

/** How many backends the controller's own site has, how many it should have, why, and what is waited for. */
export function useAutoscaling(enabled = true) {
    return useQuery({
        queryKey: ['autoscaling'],
        queryFn: () => answer(read('/api/v1/autoscaling')),
        enabled,
        refetchInterval: OFTEN,
    });
}

/** As many of the latest are read. */
export const MOST_STEPS = 200;

/** What the automation did, the latest first. */
export function useAutomationSteps() {
    return useQuery({
        queryKey: keys.steps,
        queryFn: async (): Promise<Schemas['AutomationStep'][]> =>
            (await answer(read('/api/v1/automation-steps', { params: { query: { limit: MOST_STEPS } } }))).items,
        refetchInterval: 15_000,
    });
}

/** The change of the number of groups that is wanted, under way, or was last; null if there never was one. */
export function useGroupNumber() {
    return useQuery({
        queryKey: ['group-number'],
        queryFn: () => answerOrNull(read('/api/v1/group-number')),
        refetchInterval: OFTEN,
    });
}

/** The backends that are being emptied at a set rate. */
export function useEvacuations() {
    return useQuery({
        queryKey: ['evacuations'],
        queryFn: async () => (await answer(read('/api/v1/evacuations'))).items,
        refetchInterval: OFTEN,
    });
}

export function useFailovers() {
    return useQuery({
        queryKey: ['site-failovers'],
        queryFn: async () => (await answer(read('/api/v1/site-failovers'))).items,
        refetchInterval: OFTEN,
    });
}

/** How many users of a site are with other sites; counted while there is something to count. */
export function useUsersAway(site: string, enabled: boolean) {
    const what = `users away from ${site}`;
    return useQuery({
        queryKey: ['site-failovers', 'users', site],
        queryFn: () => timed(what, answer(read('/api/v1/sites/{site}/failover/users', { params: { path: { site } } }))),
        enabled,
        refetchInterval: () => paced(what, OFTEN),
    });
}

/** Which site reaches which. */
export function useReachability() {
    return useQuery({
        queryKey: ['reachability'],
        queryFn: async () => (await answer(read('/api/v1/reachability'))).items,
        refetchInterval: OFTEN,
    });
}

/** How loaded the backends of a site are, by host. */
export function useBackendLoads(site: string) {
    return useQuery({
        queryKey: ['backend-loads', site],
        queryFn: async () => {
            const { items } = await timed(
                'backend loads',
                answer(read('/api/v1/sites/{site}/backend-loads', { params: { path: { site } } })),
            );
            return new Map(items.map((load) => [load.backend, load]));
        },
        refetchInterval: () => paced('backend loads', OFTEN),
    });
}

export type GroupLoads = ReadonlyMap<string, Schemas['MeasuredGroup']>;

/** How loaded the groups of a site are, by name. */
export function useGroupLoads(site: string) {
    return useQuery({
        queryKey: ['group-loads', site],
        queryFn: async (): Promise<GroupLoads> => {
            const { items } = await timed(
                'group loads',
                answer(read('/api/v1/sites/{site}/group-loads', { params: { path: { site } } })),
            );
            return new Map(items.flatMap((backend) => Object.entries(backend.groups)));
        },
        refetchInterval: () => paced('group loads', SELDOM),
    });
}

import type { GroupLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';

type Step = Schemas['PlanStep'];

/** What a plan makes of a backend. */
export interface Effect {
    host: string;
    /** Percent of the site's groups and load that it is to have. */
    share: number;
    groups: Change;
    /** In sessions; of groups that are measured. */
    load: Change;
}

export interface Change {
    before: number;
    after: number;
}

function groupOf(step: Step): string | undefined {
    return step.action === 'group.move' ? step.target.replace(/^group /, '') : undefined;
}

/** Whether a step is planned or was done, and not refused. */
function counts(step: Step): boolean {
    return step.outcome === 'planned' || step.outcome === 'done';
}

/**
 * Backends before and after the steps, as things stand otherwise now; groups on the move count where they go, as the planner counts them.
 * A step that was done, and undone since, changes nothing.
 */
export function effects(
    backends: readonly Schemas['Backend'][],
    groups: readonly Schemas['Group'][],
    loads: GroupLoads,
    steps: readonly Step[],
): Effect[] {
    const byHost = new Map<string, Effect>();
    for (const backend of backends) {
        byHost.set(backend.host, {
            host: backend.host,
            share: backend.load?.share ?? 0,
            groups: { before: 0, after: 0 },
            load: { before: 0, after: 0 },
        });
    }
    const moves = new Map(steps.filter(counts).map((step) => [groupOf(step), step] as const));
    for (const group of groups) {
        const place = group.move?.to ?? group.backend;
        const step = moves.get(group.name);
        const happens = step !== undefined && place === (step.outcome === 'done' ? step.to : step.from);
        const load = loads.get(group.name)?.load ?? 0;
        const before = byHost.get((happens ? step.from : undefined) ?? place);
        const after = byHost.get((happens ? step.to : undefined) ?? place);
        if (before !== undefined) {
            before.groups.before += 1;
            before.load.before += load;
        }
        if (after !== undefined) {
            after.groups.after += 1;
            after.load.after += load;
        }
    }
    return [...byHost.values()];
}

/** Which groups get how many users more, or fewer, by the steps; those that change most first. */
export function userFlow(steps: readonly Step[]): [group: string, users: number][] {
    const flow = new Map<string, number>();
    for (const step of steps.filter((each) => each.action === 'user.move' && counts(each))) {
        for (const [group, by] of [
            [step.from, -1],
            [step.to, 1],
        ] as const) {
            if (group !== undefined) {
                flow.set(group, (flow.get(group) ?? 0) + by);
            }
        }
    }
    return [...flow].sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
}

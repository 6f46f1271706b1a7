import type { Schemas } from '../api/client';

type Backend = Schemas['Backend'];

/** How even the groups of a site are spread, measured by what the load factors ask for. */
export interface Balance {
    groups: number;
    /** Of groups per percent of share: the fullest backend over the mean; 1 is even, undefined where there is nothing to compare. */
    maxOverMean: number | undefined;
    /** The fewest groups that have to move until each backend has its share, rounded. */
    misplaced: number;
}

export function balance(backends: readonly Backend[]): Balance {
    const groups = backends.reduce((sum, backend) => sum + (backend.load?.groups ?? 0), 0);
    const taking = backends.filter((backend) => (backend.load?.share ?? 0) > 0);
    const ratios = taking.map((backend) => (backend.load?.groups ?? 0) / (((backend.load?.share ?? 0) / 100) * groups));
    const misplaced = backends.reduce((sum, backend) => {
        const target = ((backend.load?.share ?? 0) / 100) * groups;
        return sum + Math.max(0, Math.floor((backend.load?.groups ?? 0) - target));
    }, 0);
    return {
        groups,
        maxOverMean: groups === 0 || ratios.length === 0 ? undefined : Math.max(...ratios),
        misplaced,
    };
}

import type { Schemas } from '../api/client';

type Backend = Schemas['Backend'];

/** How even the groups of a site are spread, measured by what the load factors ask for. */
export interface Balance {
    groups: number;
    /** Of groups per percent of share: the fullest backend over the mean; 1 is even, undefined where there is nothing to compare. */
    maxOverMean: number | undefined;
}

export function balance(backends: readonly Backend[]): Balance {
    const groups = backends.reduce((sum, backend) => sum + (backend.load?.groups ?? 0), 0);
    const taking = backends.filter((backend) => (backend.load?.share ?? 0) > 0);
    const ratios = taking.map((backend) => (backend.load?.groups ?? 0) / (((backend.load?.share ?? 0) / 100) * groups));
    return {
        groups,
        maxOverMean: groups === 0 || ratios.length === 0 ? undefined : Math.max(...ratios),
    };
}

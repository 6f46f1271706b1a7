/** What each feature of a site is, and what stops when it is off; source: the reference's "Site features". */
export interface FeatureText {
    title: string;
    on: string;
    off: string;
}

export const FEATURES: Partial<Record<string, FeatureText>> = {
    'error-mitigation': {
        title: 'Error mitigation',
        on: 'Backends that fail are taken offline, and groups are moved away from those that are degraded.',
        off: 'No backend is taken offline because it fails, and no user is moved away from degraded ones. Failover from backends that are dead goes on: it needs no controller.',
    },
    'load-balancing': {
        title: 'Load balancing',
        on: 'Groups are moved between backends, and users between groups, until the load is as the load factors say.',
        off: 'No group is moved to even out load, a load factor of 0 does not drain, and the sizes of groups are not evened out.',
    },
    metrics: {
        title: 'Metrics',
        on: 'The controller shows the site in numbers to Prometheus, at /metrics.',
        off: '/metrics answers 404: Prometheus gets no numbers of the site from this controller.',
    },
};

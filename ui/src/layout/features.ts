/** What each feature of a site is, and what stops when it is off; sources: docs/automation.md, docs/controller.md. */
export interface FeatureText {
    title: string;
    on: string;
    off: string;
    /** What goes on all the same. */
    anyway: string;
}

export const FEATURES: Partial<Record<string, FeatureText>> = {
    'error-mitigation': {
        title: 'Error mitigation',
        on: 'Each 15 s backends are judged by what proxies experience with them. One that is broken for a minute goes offline, and its groups are moved to others; one that is healthy again comes online; a degraded one loses a group every ten minutes.',
        off: 'Backends are not judged: a broken one stays online and keeps its groups, one that was taken offline stays so until an operator sets it online, and nobody is moved away from degraded ones.',
        anyway: 'Failover from backends whose lease is broken needs no controller and goes on; so does what an operator asks for.',
    },
    'load-balancing': {
        title: 'Load balancing',
        on: 'Every ten minutes groups are moved until each backend has its share of the load, backends with load factor 0 are drained little by little, and users change groups and sites so that these are of like size.',
        off: 'No group is moved to even out load; a backend with load factor 0 keeps its groups; groups of a backend, and sites of a tag, grow apart in users.',
        anyway: 'An operator may still balance once (Plan, Apply once), evacuate a backend, move groups and users, and change the number of groups; backends of a site with status evacuate let their users go.',
    },
    autoscaling: {
        title: 'Autoscaling',
        on: 'Backends are started when the load needs more of them, and emptied and stopped when it needs fewer.',
        off: 'The number of backends stays as it is, and nothing is said of how many there should be.',
        anyway: 'Backends that were started stay; an operator may add, empty and remove backends.',
    },
    metrics: {
        title: 'Metrics',
        on: 'The controller shows the site in numbers to Prometheus, at /metrics.',
        off: '/metrics answers 404: Prometheus gets no numbers of the site from this controller, and alerts on them see nothing.',
        anyway: 'Nodes show their own metrics, and load balancing measures by itself.',
    },
};

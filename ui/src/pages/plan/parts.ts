/** The parts of the automation that decide something, as the API names them. */
export interface Part {
    name: string;
    title: string;
    feature: 'load-balancing' | 'error-mitigation' | 'autoscaling';
    about: string;
    /** What its steps move, or how many of what they make. */
    of: 'groups' | 'users' | 'backends';
    /** Whether the controller can say what it would do now without counting all users of the cluster. */
    simulated: boolean;
    /** The task that does it once, whatever the feature says. */
    once?: string;
}

export const PARTS: readonly [Part, ...Part[]] = [
    {
        name: 'load-balancing',
        title: 'Load balancing',
        feature: 'load-balancing',
        about: 'Every ten minutes: the fewest moves of groups that bring each backend to its share of the load.',
        of: 'groups',
        simulated: true,
        once: 'load-balancing-extra',
    },
    {
        name: 'error-mitigation',
        title: 'Error mitigation',
        feature: 'error-mitigation',
        about: 'Each 15 s: broken backends go offline, healthy ones come back, groups leave broken and degraded ones.',
        of: 'groups',
        simulated: true,
    },
    {
        name: 'group-sizes',
        title: 'Group sizes',
        feature: 'load-balancing',
        about: 'Planned once a day, a part of it each half hour: users change groups of the same backend so that these are of like size.',
        of: 'users',
        simulated: false,
    },
    {
        name: 'users-between-sites',
        title: 'Users between sites',
        feature: 'load-balancing',
        about: 'Planned once a day, a part of it each half hour: users move to other sites of the tag until each has what it can carry, and away from a site with status evacuate.',
        of: 'users',
        simulated: false,
    },
    {
        name: 'autoscaling',
        title: 'Autoscaling',
        feature: 'autoscaling',
        about: 'Each 30 s, unless set otherwise: asks the scaler how many backends the site should have, and goes a step towards it.',
        of: 'backends',
        simulated: false,
    },
];

export function partNamed(name: string): Part {
    return PARTS.find((part) => part.name === name) ?? PARTS[0];
}

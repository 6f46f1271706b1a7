import type { Schemas } from '../api/client';

/** Facts as the controller gives them, for tests that care about some of their fields. */
export function backend(host: string, more: Partial<Schemas['Backend']> = {}): Schemas['Backend'] {
    return {
        id: `id-of-${host}`,
        site: 'lisbon',
        host,
        status: 'online',
        loadFactor: 100,
        load: { share: 50, groups: 10, movingOut: 0, movingIn: 0, lease: 'held', leaseAgeMillis: 400, incarnation: 1 },
        version: 7,
        ...more,
    };
}

export function group(name: string, more: Partial<Schemas['Group']> = {}): Schemas['Group'] {
    return {
        site: 'lisbon',
        name,
        backend: 'b1.example.org',
        alternative: 'b2.example.org',
        claimed: true,
        stickyBackend: false,
        stickyUsers: false,
        leaving: 0,
        why: `placed on b1.example.org when it was created`,
        version: 3,
        ...more,
    };
}

export function moving(name: string, phase: 'proposed' | 'handover', startedAt: string): Schemas['Group'] {
    return group(name, {
        move: {
            id: `move-of-${name}`,
            from: 'b1.example.org',
            to: 'b2.example.org',
            phase,
            cause: 'evacuation by ana',
            startedAt,
        },
    });
}

export function statistics(more: Partial<Schemas['ProxyStatistics']>): Schemas['ProxyStatistics'] {
    const now = Date.now();
    return {
        proxy: 'p1.example.org',
        destination: 'b1.example.org',
        toSite: false,
        traffic: 'sessions',
        from: new Date(now - 10_000).toISOString(),
        until: new Date(now).toISOString(),
        attempts: 100,
        successes: 100,
        failures: {},
        ...more,
    };
}

export function node(name: string, more: Partial<Schemas['Node']> = {}): Schemas['Node'] {
    const now = new Date().toISOString();
    return {
        role: 'backend',
        name,
        host: name,
        version: '0.1.0',
        dataCentre: 'dc1',
        startedAt: now,
        seenAt: now,
        stale: false,
        lagMillis: 20,
        ...more,
    };
}

export function plan(name: string, more: Partial<Schemas['Plan']> = {}): Schemas['Plan'] {
    return {
        name,
        at: new Date().toISOString(),
        mode: 'dryrun',
        summary: 'all is even',
        steps: [],
        more: 0,
        notes: [],
        figures: {},
        ...more,
    };
}

export function autoscaling(more: Partial<Schemas['Autoscaling']> = {}): Schemas['Autoscaling'] {
    return {
        site: 'lisbon',
        state: 'dryrun',
        autoscaler: 'load',
        actuator: 'kubernetes',
        backends: 3,
        desired: 4,
        platform: 3,
        decidedAt: new Date().toISOString(),
        why: 'CPU of 3 backends at 71 %, target 60 %: 4 are needed',
        notes: [],
        ...more,
    };
}

export function groupMove(name: string, from: string, to: string, outcome = 'planned'): Schemas['PlanStep'] {
    return { action: 'group.move', target: `group ${name}`, from, to, reason: `${from} carries too much`, outcome };
}

export function measured(backend: string, more: Partial<Schemas['MeasuredBackend']> = {}): Schemas['MeasuredBackend'] {
    return {
        backend,
        at: new Date().toISOString(),
        measuredSeconds: 3600,
        metrics: { cpu: 0.5, memused: 0.4, sessions: 12 },
        scores: { cpu: 1.2, memused: 0.1, sessions: -0.3 },
        groups: 10,
        sessions: 12,
        logins: 0.2,
        deliveries: 0.1,
        load: 15,
        ...more,
    };
}

export function failover(site: string, more: Partial<Schemas['SiteFailover']> = {}): Schemas['SiteFailover'] {
    return {
        site,
        phase: 'none',
        term: 0,
        byOperator: false,
        takenBy: {},
        rate: 50,
        paused: false,
        relapses: 0,
        version: 1,
        ...more,
    };
}

export function task(more: Partial<Schemas['Task']> = {}): Schemas['Task'] {
    const now = new Date().toISOString();
    return {
        id: 'load-balancing@1',
        name: 'load-balancing',
        queue: 'low',
        state: 'given-up',
        payload: '',
        timeLimitMillis: 60_000,
        tries: 3,
        failures: 3,
        maxFailures: 3,
        queuedAt: now,
        expiresAt: now,
        endedAt: now,
        ...more,
    };
}

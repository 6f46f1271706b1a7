import type { Schemas } from '../api/client';

/** Facts as the controller gives them, for tests that care about some of their fields. */
export function backend(host: string, more: Partial<Schemas['Backend']> = {}): Schemas['Backend'] {
    return {
        id: `id-of-${host}`,
        site: 'lisbon',
        host,
        status: 'online',
        loadFactor: 100,
        load: { share: 50, groups: 10, movingOut: 0, movingIn: 0, lease: 'held', incarnation: 1 },
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

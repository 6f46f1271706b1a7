import { describe, expect, it } from 'vitest';
import { autoscaling, backend, failover, moving, node, plan, statistics, task } from '../testing/facts';
import { wrong } from './wrong';

const FINE = {
    now: Date.now(),
    backends: [backend('b1')],
    nodes: [node('b1')],
    statistics: [statistics({})],
    moves: [],
};

describe('what is wrong', () => {
    it('is nothing while all is as it should be', () => {
        expect(wrong(FINE)).toEqual([]);
    });

    it('is a broken lease before what only needs a look', () => {
        const broken = backend('b2', {
            load: { share: 0, groups: 4, movingOut: 0, movingIn: 0, lease: 'broken', incarnation: 2 },
        });
        const found = wrong({ ...FINE, backends: [backend('b1', { status: 'standby' }), broken] });
        expect(found.map((each) => each.what)).toEqual(['b2 lost its lease', 'b1 is in standby and has groups']);
        expect(found[0]?.to).toBe('/backends/b2');
    });

    it('is a lease that is held and not renewed, before others break it', () => {
        const held = (leaseAgeMillis: number) =>
            backend('b1', { load: { share: 50, groups: 4, movingOut: 0, movingIn: 0, lease: 'held', leaseAgeMillis } });
        expect(wrong({ ...FINE, backends: [held(900)] })).toEqual([]);
        expect(wrong({ ...FINE, backends: [held(5_000)] })[0]?.what).toBe('b1 has not renewed its lease for 5 s');
    });

    it('is a scaler whose answer changes nothing, and not one whose answer is followed', () => {
        expect(wrong({ ...FINE, scaling: autoscaling() })).toEqual([]);
        expect(wrong({ ...FINE, scaling: autoscaling({ problem: 'it says −1' }) })[0]).toMatchObject({
            more: 'it says −1',
            to: '/plan?part=autoscaling',
        });
    });

    it('is a destination that fails for proxies, with who sees it', () => {
        const failing = statistics({ destination: 'b2', successes: 80, failures: { connect: 20 } });
        expect(wrong({ ...FINE, statistics: [failing] })[0]).toMatchObject({
            what: '20 % of what proxies try with b2 fails',
            more: '20 failures, seen by p1.example.org',
        });
    });

    it('is not what a proxy reported long ago, nor a handful of failures', () => {
        const old = new Date(Date.now() - 600_000).toISOString();
        expect(
            wrong({ ...FINE, statistics: [statistics({ until: old, successes: 0, failures: { connect: 100 } })] }),
        ).toEqual([]);
        expect(wrong({ ...FINE, statistics: [statistics({ successes: 0, failures: { connect: 9 } })] })).toEqual([]);
    });

    it('is a backend that is online while its node is stopped', () => {
        const released = backend('b1', {
            load: { share: 50, groups: 4, movingOut: 0, movingIn: 0, lease: 'released', incarnation: 2 },
        });
        expect(wrong({ ...FINE, backends: [released] })[0]?.more).toBe('its node or its Dovecot is stopped');
    });

    it('is a silent node, one that is behind, and a move that does not end', () => {
        const found = wrong({
            ...FINE,
            nodes: [node('n1', { stale: true }), node('n2', { lagMillis: 9000 })],
            moves: [moving('default-1', 'handover', new Date(Date.now() - 300_000).toISOString())],
        });
        expect(found.map((each) => each.what)).toEqual([
            'node n1 is silent',
            'node n2 is behind GeoDB',
            '1 moves last longer than 2 min',
        ]);
    });

    it('is what the controller judged, the failover of a site, and automation that does not get on', () => {
        const found = wrong({
            ...FINE,
            plans: [
                plan('error-mitigation', {
                    notes: ['b2 is broken: 2 of 2 observers see it', 'b1 is healthy: nothing', 'b3 is degraded: slow'],
                }),
            ],
            failovers: [failover('porto', { phase: 'active' }), failover('faro')],
            givenUp: [task({ problem: 'GeoDB is away' }), task({ endedAt: '2020-01-01T00:00:00Z' })],
        });
        expect(found.map((each) => each.what)).toEqual([
            'the failover of site porto is active',
            'b2 is broken, as proxies see it',
            'b3 is degraded, as proxies see it',
            '1 tasks were given up in the last hour',
        ]);
    });
});

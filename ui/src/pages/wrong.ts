import type { Schemas } from '../api/client';
import { duration } from '../components/time';
import { LATE_LEASE_MS } from './backends/LeaseState';
import { byDestination, failureRate, percent, recent, tried } from './statistics';

export interface Wrong {
    tone: 'bad' | 'warn';
    what: string;
    more: string;
    /** Where to look. */
    to: string;
}

interface Facts {
    now: number;
    backends: readonly Schemas['Backend'][];
    nodes: readonly Schemas['Node'][];
    statistics: readonly Schemas['ProxyStatistics'][];
    moves: readonly Schemas['Group'][];
    failovers?: readonly Schemas['SiteFailover'][] | undefined;
    plans?: readonly Schemas['Plan'][] | undefined;
    scaling?: Schemas['Autoscaling'] | undefined;
    groupNumber?: Schemas['GroupNumberChange'] | null | undefined;
    givenUp?: readonly Schemas['Task'][] | undefined;
}

const HOUR_MS = 3_600_000;

/** Backends are judged each 15 s; an older judgement says nothing about now. */
const JUDGED_MS = 60_000;
const FAILURES = { least: 10, rate: 0.05 };
const LAG_MS = 5_000;
const LONG_MOVE_MS = 120_000;

/** What somebody should look at now: facts only, each with where they are shown. */
export function wrong(facts: Facts): Wrong[] {
    const { now, backends, nodes, statistics, moves } = facts;
    const found: Wrong[] = [...ofSites(facts), ...ofAutomation(facts)];
    for (const backend of backends) {
        const to = `/backends/${backend.host}`;
        if (backend.load?.lease === 'broken') {
            found.push({
                tone: 'bad',
                what: `${backend.host} lost its lease`,
                more: 'others took over, or are about to',
                to,
            });
        } else if (backend.load?.lease === 'held' && (backend.load.leaseAgeMillis ?? 0) > LATE_LEASE_MS) {
            found.push({
                tone: 'bad',
                what: `${backend.host} has not renewed its lease for ${duration(backend.load.leaseAgeMillis ?? 0)}`,
                more: 'by the clocks of GeoDB; others take over if it does not',
                to,
            });
        } else if (backend.status === 'offline') {
            found.push({
                tone: 'bad',
                what: `${backend.host} is offline`,
                more: `${backend.load?.groups ?? '?'} groups`,
                to,
            });
        } else if (backend.status === 'online' && backend.load !== undefined && backend.load.lease !== 'held') {
            found.push({
                tone: 'warn',
                what: `${backend.host} is online and serves nobody`,
                more:
                    backend.load.lease === 'released'
                        ? 'its node or its Dovecot is stopped'
                        : 'its node has not started yet',
                to,
            });
        } else if (backend.status !== 'online' && (backend.load?.groups ?? 0) > 0) {
            found.push({
                tone: 'warn',
                what: `${backend.host} is in ${backend.status} and has groups`,
                more: `${backend.load?.groups ?? 0} left`,
                to,
            });
        }
    }
    for (const [destination, rows] of byDestination(recent(statistics, now))) {
        const all = tried(rows);
        const rate = failureRate(all);
        if (rate !== undefined && all.failures >= FAILURES.least && rate >= FAILURES.rate) {
            const proxies = new Set(rows.filter((row) => Object.keys(row.failures).length > 0).map((row) => row.proxy));
            found.push({
                tone: 'bad',
                what: `${percent(rate)} of what proxies try with ${destination} fails`,
                more: `${all.failures} failures, seen by ${[...proxies].join(', ')}`,
                to: rows.some((row) => row.toSite) ? '/sites' : `/backends/${destination}`,
            });
        }
    }
    for (const node of nodes) {
        if (node.stale) {
            found.push({
                tone: 'warn',
                what: `node ${node.name} is silent`,
                more: `for ${duration(now - new Date(node.seenAt).getTime())}`,
                to: '/sites?tab=nodes',
            });
        } else if ((node.lagMillis ?? 0) > LAG_MS) {
            found.push({
                tone: 'warn',
                what: `node ${node.name} is behind GeoDB`,
                more: `by ${duration(node.lagMillis ?? 0)}`,
                to: '/sites?tab=nodes',
            });
        }
    }
    const long = moves.filter((group) => now - new Date(group.move?.startedAt ?? now).getTime() > LONG_MOVE_MS);
    if (long.length > 0) {
        found.push({
            tone: 'warn',
            what: `${long.length} moves last longer than ${duration(LONG_MOVE_MS)}`,
            more: long
                .slice(0, 3)
                .map((group) => group.name)
                .join(', '),
            to: '/moves',
        });
    }
    return found.sort((one, other) => one.tone.localeCompare(other.tone));
}

function ofSites({ failovers = [] }: Facts): Wrong[] {
    return failovers
        .filter((failover) => failover.phase !== 'none')
        .map((failover) => ({
            tone: failover.phase === 'recovering' ? 'warn' : 'bad',
            what: `the failover of site ${failover.site} is ${failover.phase}`,
            more: failover.paused ? 'paused' : `${failover.rate} users a second`,
            to: '/sites?tab=reachability',
        }));
}

function ofAutomation({ now, plans = [], scaling, groupNumber, givenUp = [] }: Facts): Wrong[] {
    const found: Wrong[] = [];
    const judged = plans.find((plan) => plan.name === 'error-mitigation' && now - Date.parse(plan.at) < JUDGED_MS);
    for (const note of judged?.notes ?? []) {
        const [, what, reason = ''] = /^(\S+ is (?:broken|degraded)): (.*)$/.exec(note) ?? [];
        if (what !== undefined) {
            found.push({
                tone: what.endsWith('broken') ? 'bad' : 'warn',
                what: `${what}, as proxies see it`,
                more: reason,
                to: `/backends/${what.split(' ')[0] ?? ''}`,
            });
        }
    }
    if (scaling?.problem !== undefined) {
        found.push({
            tone: 'warn',
            what: 'autoscaling changes nothing: its scaler’s answer is of no use',
            more: scaling.problem,
            to: '/plan?part=autoscaling',
        });
    }
    if (groupNumber?.problem !== undefined && groupNumber.phase !== 'done') {
        found.push({
            tone: 'warn',
            what: `the change to ${groupNumber.to} groups does not go on`,
            more: groupNumber.problem,
            to: '/groups',
        });
    }
    const recent = givenUp.filter((task) => now - Date.parse(task.endedAt ?? task.queuedAt) < HOUR_MS);
    if (recent.length > 0) {
        found.push({
            tone: 'warn',
            what: `${recent.length} tasks were given up in the last hour`,
            more: `${recent[0]?.name ?? ''}: ${recent[0]?.problem ?? ''}`,
            to: '/settings?tab=controller',
        });
    }
    return found;
}

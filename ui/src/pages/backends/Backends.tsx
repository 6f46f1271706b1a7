import { createColumnHelper } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { useBackendLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { useBackends, useNodes, useStatistics, useUserCounts } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Bar } from '../../components/Bar';
import { DataTable } from '../../components/DataTable';
import { Choice, Filter } from '../../components/fields';
import { Page } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Ago } from '../../components/Time';
import { useAddress } from '../../components/useAddress';
import { useSite } from '../../layout/site';
import { useNow } from '../../live/useAge';
import { useMay } from '../../session/caller';
import { CountedUsers } from '../CountedUsers';
import { byDestination, byProxy, failureRate, percent, recent, tried, type Tried } from '../statistics';
import { BackendActions } from './BackendActions';
import { AddBackend } from './dialogs';
import { LeaseState } from './LeaseState';
import { METRICS, NOT_MEASURED, Score } from './Score';

interface Row {
    backend: Schemas['Backend'];
    node: Schemas['Node'] | undefined;
    tried: Tried | undefined;
    byProxy: Map<string, Tried> | undefined;
    /** Of the site's groups that it has, 0 to 1. */
    part: number;
    siteGroups: number;
    measured: Schemas['MeasuredBackend'] | undefined;
    users: number | undefined;
}

/** A node that reports each few seconds. */
const LATE_MS = 30_000;

/** Of few groups, one more or less is much of a part and says nothing. */
const ENOUGH_GROUPS = 20;
const UNEVEN = 0.1;

function isUneven({ backend, part, siteGroups }: Row): boolean {
    return siteGroups >= ENOUGH_GROUPS && Math.abs(part - (backend.load?.share ?? 0) / 100) > UNEVEN;
}

const column = createColumnHelper<Row>();

function Moving({ load }: { load: Schemas['Backend']['load'] }) {
    const { movingOut = 0, movingIn = 0 } = load ?? {};
    return movingOut + movingIn === 0 ? null : (
        <span className="quiet">
            <span className="for-readers">, moving</span> {movingOut === 0 ? '' : `−${movingOut}`}{' '}
            {movingIn === 0 ? '' : `+${movingIn}`}
        </span>
    );
}

const COLUMNS = [
    column.accessor((row) => row.backend.host, {
        id: 'host',
        header: 'Backend',
        cell: ({ getValue }) => <Link to={`/backends/${getValue()}`}>{getValue()}</Link>,
    }),
    column.accessor((row) => row.backend.status, {
        id: 'status',
        header: 'Status',
        cell: ({ getValue }) => <Badge state={getValue()} />,
    }),
    column.accessor((row) => row.backend.load?.lease ?? 'none', {
        id: 'lease',
        header: 'Lease',
        meta: {
            title: 'Whether it may serve: held; broken: given up as lost; released: stopped; when it was written last, which is each second while it is held; how often it was lost, and one',
        },
        cell: ({ row }) => <LeaseState load={row.original.backend.load} />,
    }),
    column.accessor((row) => row.backend.loadFactor, {
        id: 'factor',
        header: 'Factor',
        meta: { numeric: true, title: 'Load factor, 0 to 100' },
    }),
    column.accessor((row) => row.backend.load?.share ?? 0, {
        id: 'share',
        header: 'Part and target',
        meta: { title: 'The part of the site’s groups that it has; the mark is where it is to be by its load factor' },
        cell: ({ getValue, row }) => (
            <Bar
                part={row.original.part}
                target={getValue() / 100}
                tone={isUneven(row.original) ? 'warn' : 'accent'}
                label={`has ${percent(row.original.part, 1)} of the groups, is to have ${getValue().toFixed(1)} %`}
            />
        ),
    }),
    column.accessor((row) => row.backend.load?.groups ?? 0, {
        id: 'groups',
        header: 'Groups',
        meta: { numeric: true, title: 'That it has, and those on their way out (−) and in (+)' },
        cell: ({ getValue, row }) => (
            <>
                <Link to={`/groups?backend=${row.original.backend.host}`}>{getValue()}</Link>
                <Moving load={row.original.backend.load} />
            </>
        ),
    }),
    column.accessor((row) => row.users ?? -1, {
        id: 'users',
        header: 'Users',
        meta: { numeric: true, title: 'Of the groups that it had when users were counted last' },
        cell: ({ getValue, row }) =>
            getValue() < 0 ? (
                <span className="quiet">–</span>
            ) : (
                <Link to={`/users?backend=${row.original.backend.host}`}>{getValue()}</Link>
            ),
    }),
    column.accessor((row) => row.measured?.sessions ?? -1, {
        id: 'sessions',
        header: 'Sessions',
        meta: { numeric: true, title: 'Of users of its groups, as its node measured last' },
        cell: ({ getValue }) => (getValue() < 0 ? <span className="quiet">–</span> : getValue().toFixed(0)),
    }),
    column.accessor((row) => row.tried?.rate ?? 0, {
        id: 'rate',
        header: 'Logins/s',
        meta: { numeric: true, title: 'As the proxies counted in their last window' },
        cell: ({ getValue, row }) =>
            row.original.tried === undefined ? <span className="quiet">–</span> : getValue().toFixed(1),
    }),
    column.accessor((row) => (row.tried === undefined ? -1 : (failureRate(row.tried) ?? -1)), {
        id: 'failures',
        header: 'Failures',
        meta: { numeric: true, title: 'Of what proxies tried with it in their last window' },
        cell: ({ getValue, row }) =>
            getValue() < 0 ? (
                <span className="quiet">–</span>
            ) : (
                <span
                    className={getValue() > 0.05 ? 'bad' : ''}
                    title={[...(row.original.byProxy ?? [])]
                        .map(([proxy, own]) => `${proxy}: ${own.failures} of ${own.attempts}`)
                        .join(', ')}
                >
                    {row.original.tried?.failures} ({percent(getValue())})
                </span>
            ),
    }),
    ...Object.entries(METRICS).map(([metric, { header, title }]) =>
        column.accessor((row) => row.measured?.scores[metric] ?? NOT_MEASURED, {
            id: `z-${metric}`,
            header: `z ${header}`,
            meta: { numeric: true, title: `Z-score of ${title}: standard deviations above the mean of the site` },
            cell: ({ row }) => <Score score={row.original.measured?.scores[metric]} />,
        }),
    ),
    column.accessor((row) => row.node?.seenAt ?? '', {
        id: 'seen',
        header: 'Node seen',
        cell: ({ getValue }) =>
            getValue() === '' ? <span className="quiet">never</span> : <Ago at={getValue()} late={LATE_MS} />,
    }),
    column.accessor((row) => row.node?.version ?? '', {
        id: 'version',
        header: 'Versions',
        meta: { title: 'Of Pombal and Dovecot' },
        cell: ({ getValue, row }) => (
            <>
                {getValue()} <span className="quiet">{row.original.node?.dovecot ?? ''}</span>
            </>
        ),
    }),
    column.display({
        id: 'actions',
        header: () => <span className="for-readers">Actions</span>,
        meta: { pinned: true },
        cell: ({ row }) => <BackendActions backend={row.original.backend} small />,
    }),
];

export function Backends() {
    const { site } = useSite();
    const backends = useBackends();
    const nodes = useNodes(site);
    const statistics = useStatistics(site);
    const loads = useBackendLoads(site);
    const counts = useUserCounts(site);
    const [text, setText] = useAddress('q');
    const [status, setStatus] = useAddress('status');
    const [adding, setAdding] = useState(false);
    const may = useMay('operator');
    const minute = Math.floor(useNow() / 10_000);
    const rows = useMemo(() => {
        const own = (backends.data ?? []).filter((backend) => backend.site === site);
        const groups = own.reduce((sum, backend) => sum + (backend.load?.groups ?? 0), 0);
        const attempts = byDestination(recent(statistics.data ?? [], minute * 10_000));
        return own
            .filter(
                (backend) => backend.host.includes(text.toLowerCase()) && (status === '' || backend.status === status),
            )
            .map((backend): Row => {
                const rows_ = attempts.get(backend.host);
                return {
                    backend,
                    node: nodes.data?.find((node) => node.role === 'backend' && node.name === backend.host),
                    tried: rows_ === undefined ? undefined : tried(rows_),
                    byProxy: rows_ === undefined ? undefined : byProxy(rows_),
                    part: groups === 0 ? 0 : (backend.load?.groups ?? 0) / groups,
                    siteGroups: groups,
                    measured: loads.data?.get(backend.host),
                    users: counts.data?.backends[backend.host],
                };
            });
    }, [backends.data, nodes.data, statistics.data, loads.data, counts.data, site, text, status, minute]);
    return (
        <Page
            title="Backends"
            about={`of site ${site}`}
            actions={
                may ? (
                    <Button className="primary" onPress={() => setAdding(true)}>
                        Add a backend
                    </Button>
                ) : null
            }
        >
            <div className="filters">
                <Filter label="Host name" value={text} onChange={setText} />
                <Choice
                    inline
                    label="Status"
                    value={status}
                    onChange={setStatus}
                    options={[
                        ['', 'any'],
                        ['online', 'online'],
                        ['offline', 'offline'],
                        ['standby', 'standby'],
                    ]}
                />
                <span className="quiet" role="status">
                    {rows.length} backends
                </span>
            </div>
            <Reading query={backends} what="The list of backends">
                {() => (
                    <DataTable
                        caption={`Backends of site ${site}`}
                        rows={rows}
                        columns={COLUMNS}
                        rowId={(row) => row.backend.host}
                        empty={
                            text === '' && status === ''
                                ? 'There is no backend yet. Add one.'
                                : 'No backend fits the filter.'
                        }
                    />
                )}
            </Reading>
            <p className="footnote">
                z: Z-scores of what nodes measure of their machines, in standard deviations above the mean of the site;
                a dash means that it is not measured, or was too long ago. <CountedUsers site={site} />
            </p>
            {adding ? <AddBackend onClose={() => setAdding(false)} /> : null}
        </Page>
    );
}

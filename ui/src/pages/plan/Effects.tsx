import { createColumnHelper } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useGroupLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { useBackends, useGroups } from '../../api/queries';
import { Bar } from '../../components/Bar';
import { DataTable } from '../../components/DataTable';
import { Reading } from '../../components/Reading';
import { ScrollTable } from '../../components/ScrollTable';
import { percent } from '../statistics';
import { effects, userFlow, type Change, type Effect } from './effect';

/** What it has afterwards, and by how much that differs. */
function After({ change, digits }: { change: Change; digits: number }) {
    const by = change.after - change.before;
    return (
        <>
            {change.after.toFixed(digits)}{' '}
            {Math.abs(by) < 0.05 ? null : (
                <span className="quiet">
                    ({by > 0 ? '+' : '−'}
                    {Math.abs(by).toFixed(digits)})
                </span>
            )}
        </>
    );
}

interface Row extends Effect {
    /** Of all load, in sessions. */
    all: number;
}

const column = createColumnHelper<Row>();

function partOf(when: 'before' | 'after') {
    return column.accessor((row) => row.load[when], {
        id: `part-${when}`,
        header: when === 'before' ? 'Part before, and target' : 'after',
        cell: ({ getValue, row }) => {
            const part = row.original.all === 0 ? 0 : getValue() / row.original.all;
            return (
                <Bar
                    part={part}
                    target={row.original.share / 100}
                    label={`${when} it has ${percent(part, 1)} of the load, is to have ${row.original.share.toFixed(1)} %`}
                />
            );
        },
    });
}

const COLUMNS = [
    column.accessor('host', { header: 'Backend' }),
    column.accessor('groups.before', { id: 'groups', header: 'Groups before', meta: { numeric: true } }),
    column.accessor((row) => row.groups.after - row.groups.before, {
        id: 'groups-after',
        header: 'after',
        meta: { numeric: true, title: 'Sorted by the difference' },
        cell: ({ row }) => <After change={row.original.groups} digits={0} />,
    }),
    column.accessor('load.before', {
        id: 'load',
        header: 'Load before',
        meta: { numeric: true, title: 'In sessions, of the groups as the nodes measured them last' },
        cell: ({ getValue }) => getValue().toFixed(1),
    }),
    column.accessor((row) => row.load.after - row.load.before, {
        id: 'load-after',
        header: 'after',
        meta: { numeric: true, title: 'Sorted by the difference' },
        cell: ({ row }) => <After change={row.original.load} digits={1} />,
    }),
    partOf('before'),
    partOf('after'),
];

/** Backends before and after a plan. */
export function GroupEffects({ site, plan }: { site: string; plan: Schemas['Plan'] }) {
    const backends = useBackends();
    const groups = useGroups(site);
    const loads = useGroupLoads(site);
    const rows = useMemo(() => {
        const found = effects(
            backends.data?.filter((backend) => backend.site === site) ?? [],
            groups.data ?? [],
            loads.data ?? new Map(),
            plan.steps,
        );
        const all = found.reduce((sum, row) => sum + row.load.before, 0);
        return found.map((row): Row => ({ ...row, all }));
    }, [backends.data, groups.data, loads.data, plan.steps, site]);
    return (
        <Reading query={groups} what="The list of groups">
            {() => (
                <DataTable
                    caption="Before and after"
                    rows={rows}
                    columns={COLUMNS}
                    rowId={(row) => row.host}
                    sortName="effect"
                    empty="There is no backend."
                    tall
                />
            )}
        </Reading>
    );
}

const SHOWN = 20;

/** Groups that a plan of users changes most. */
export function UserEffects({ plan }: { plan: Schemas['Plan'] }) {
    const flow = useMemo(() => userFlow(plan.steps), [plan.steps]);
    if (flow.length === 0) {
        return <p className="quiet">No user is to change groups in this pass.</p>;
    }
    return (
        <ScrollTable label="Before and after" low>
            <thead>
                <tr>
                    <th scope="col">Group</th>
                    <th scope="col" className="numeric">
                        Users by this pass
                    </th>
                </tr>
            </thead>
            <tbody>
                {flow.slice(0, SHOWN).map(([group, users]) => (
                    <tr key={group}>
                        <td>{group}</td>
                        <td className="numeric">{users > 0 ? `+${users}` : `−${-users}`}</td>
                    </tr>
                ))}
            </tbody>
        </ScrollTable>
    );
}

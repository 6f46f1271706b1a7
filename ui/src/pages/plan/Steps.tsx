import { createColumnHelper } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { Badge } from '../../components/Badge';
import { DataTable } from '../../components/DataTable';

type Step = Schemas['PlanStep'];

interface Row extends Step {
    number: number;
}

const column = createColumnHelper<Row>();

const PAGES: Partial<Record<string, string>> = { group: 'groups', user: 'users', backend: 'backends' };

/** What a step is about, with the way there. */
export function Target({ target }: { target: string }) {
    const [, kind, name] = /^(\w+) (\S+)$/.exec(target) ?? [];
    const page = PAGES[kind ?? ''];
    return page === undefined || name === undefined ? (
        target
    ) : (
        <>
            {kind}{' '}
            <Link className="in-text" to={`/${page}/${encodeURIComponent(name)}`}>
                {name}
            </Link>
        </>
    );
}

const COLUMNS = [
    column.accessor('number', { header: '#', meta: { numeric: true } }),
    column.accessor('action', { header: 'Action' }),
    column.accessor('target', { header: 'Of', cell: ({ getValue }) => <Target target={getValue()} /> }),
    column.accessor((step) => step.from ?? '', { id: 'from', header: 'From' }),
    column.accessor((step) => step.to ?? '', { id: 'to', header: 'To' }),
    column.accessor('reason', { header: 'Why' }),
    column.accessor('outcome', {
        header: 'What came of it',
        cell: ({ getValue }) =>
            getValue() === 'planned' || getValue() === 'done' ? (
                <Badge state={getValue()} />
            ) : (
                <>
                    <Badge state="refused" /> {getValue()}
                </>
            ),
    }),
];

/** The steps of a plan, each with its reason. */
export function Steps({ plan }: { plan: Schemas['Plan'] }) {
    const rows = useMemo(() => plan.steps.map((step, index): Row => ({ ...step, number: index + 1 })), [plan.steps]);
    return (
        <>
            <DataTable
                caption={`Steps of ${plan.name}`}
                rows={rows}
                columns={COLUMNS}
                rowId={(row) => String(row.number)}
                sortName="steps"
                empty="There is nothing to do."
                tall
            />
            {plan.more > 0 ? (
                <p className="footnote">And {plan.more} more, which the controller does not list.</p>
            ) : null}
        </>
    );
}

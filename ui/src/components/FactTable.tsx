import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { ScrollTable } from './ScrollTable';

/** A column: its head, what stands in it, and how. */
export type FactColumn<T> = readonly [
    head: string,
    cell: (row: T) => ReactNode,
    look?: { numeric?: boolean; title?: string },
];

interface FactTableProps<T> {
    /** For who cannot see it. */
    label: string;
    rows: readonly T[];
    rowId: (row: T) => string;
    columns: readonly FactColumn<T>[];
    /** What can be done with a row; without it there is no such column. */
    actions?: ((row: T) => ReactNode) | undefined;
}

/** A short table, shown as it comes, with what can be done at the end of each row. */
export function FactTable<T>({ label, rows, rowId, columns, actions }: FactTableProps<T>) {
    return (
        <ScrollTable label={label}>
            <thead>
                <tr>
                    {columns.map(([head, , look]) => (
                        <th
                            key={head}
                            scope="col"
                            className={look?.numeric ? 'numeric' : undefined}
                            title={look?.title}
                        >
                            {head}
                        </th>
                    ))}
                    {actions === undefined ? null : (
                        <th scope="col">
                            <span className="for-readers">Actions</span>
                        </th>
                    )}
                </tr>
            </thead>
            <tbody>
                {rows.map((row) => (
                    <tr key={rowId(row)}>
                        {columns.map(([head, cell, look]) => (
                            <td key={head} className={look?.numeric ? 'numeric' : undefined}>
                                {cell(row)}
                            </td>
                        ))}
                        {actions === undefined ? null : <td className="row-actions">{actions(row)}</td>}
                    </tr>
                ))}
            </tbody>
        </ScrollTable>
    );
}

/** Opens the dialog of an action on a row; whoever cannot see the row hears what it is about. */
export function RowAction({ verb, of, onPress }: { verb: string; of: string; onPress: () => void }) {
    return (
        <Button className="plain small" aria-label={`${verb}: ${of}`} onPress={onPress}>
            {verb}…
        </Button>
    );
}

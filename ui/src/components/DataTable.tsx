import {
    flexRender,
    getCoreRowModel,
    getSortedRowModel,
    useReactTable,
    type ColumnDef,
    type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { naturally } from './order';
import { useAddress } from './useAddress';

declare module '@tanstack/react-table' {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters have to be named as the library names them
    interface ColumnMeta<TData, TValue> {
        numeric?: boolean;
        title?: string;
        /** Stays in sight at the right. */
        pinned?: boolean;
    }
}

/** As tall as a row is in table.css. */
const ROW_HEIGHT = 30;

/** Shorter tables are simply shown, which every reader and Ctrl-F like better. */
const VIRTUAL_FROM = 200;

interface DataTableProps<T> {
    /** For who cannot see it. */
    caption: string;
    rows: readonly T[];
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- columns of one table have values of many types
    columns: ColumnDef<T, any>[];
    rowId: (row: T) => string;
    /** In place of rows. */
    empty: string;
    /** Under which name the order stands in the address. */
    sortName?: string;
    selected?: string | undefined;
    /** As high as the page allows, and scrolling inside. */
    tall?: boolean;
    onEnd?: () => void;
}

function classOf(meta: { numeric?: boolean; pinned?: boolean } | undefined): string | undefined {
    return meta?.pinned === true ? 'pinned' : meta?.numeric === true ? 'numeric' : undefined;
}

function parse(text: string): SortingState {
    return text === '' ? [] : [{ id: text.replace(/^-/, ''), desc: text.startsWith('-') }];
}

/** A table that can be sorted, and that only has the rows in the page which can be seen, once there are many. */
export function DataTable<T>(props: DataTableProps<T>) {
    const { caption, rows, columns, rowId, empty, sortName = 'sort', selected, tall = false, onEnd } = props;
    const [sort, setSort] = useAddress(sortName);
    const sorting = useMemo(() => parse(sort), [sort]);
    const table = useReactTable({
        data: rows as T[],
        columns,
        getRowId: rowId,
        defaultColumn: { sortingFn: (one, other, id) => naturally(one.getValue(id), other.getValue(id)) },
        state: { sorting },
        onSortingChange: (update) => {
            const next = typeof update === 'function' ? update(sorting) : update;
            setSort(next[0] === undefined ? '' : `${next[0].desc ? '-' : ''}${next[0].id}`);
        },
        getCoreRowModel: getCoreRowModel(),
        getSortedRowModel: getSortedRowModel(),
    });
    const all = table.getRowModel().rows;
    const isVirtual = all.length > VIRTUAL_FROM;
    const scroll = useRef<HTMLDivElement>(null);
    const virtual = useVirtualizer({
        count: all.length,
        getScrollElement: () => scroll.current,
        estimateSize: () => ROW_HEIGHT,
        overscan: 20,
        enabled: isVirtual,
    });
    const shown = isVirtual ? virtual.getVirtualItems().map((item) => item.index) : all.map((_, index) => index);
    const first = shown[0] ?? 0;
    const last = shown.at(-1) ?? 0;
    const above = first * ROW_HEIGHT;
    const below = isVirtual ? (all.length - 1 - last) * ROW_HEIGHT : 0;
    return (
        <div
            ref={scroll}
            className={tall || isVirtual ? 'table-scroll tall' : 'table-scroll'}
            role="region"
            aria-label={caption}
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
            tabIndex={0}
            onScroll={(event) => {
                const at = event.currentTarget;
                if (onEnd !== undefined && at.scrollTop + at.clientHeight > at.scrollHeight - 400) {
                    onEnd();
                }
            }}
        >
            <table aria-rowcount={isVirtual ? all.length + 1 : undefined}>
                <caption className="for-readers">{caption}</caption>
                <thead>
                    {table.getHeaderGroups().map((group) => (
                        <tr key={group.id}>
                            {group.headers.map((header) => {
                                const order = header.column.getIsSorted();
                                const meta = header.column.columnDef.meta;
                                const text = flexRender(header.column.columnDef.header, header.getContext());
                                return (
                                    <th
                                        key={header.id}
                                        scope="col"
                                        title={meta?.title}
                                        className={classOf(meta)}
                                        aria-sort={
                                            order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : undefined
                                        }
                                    >
                                        {header.column.getCanSort() ? (
                                            <button
                                                type="button"
                                                className="sort"
                                                onClick={header.column.getToggleSortingHandler()}
                                            >
                                                {text}
                                                <span aria-hidden>
                                                    {order === 'asc' ? ' ↑' : order === 'desc' ? ' ↓' : ''}
                                                </span>
                                            </button>
                                        ) : (
                                            text
                                        )}
                                    </th>
                                );
                            })}
                        </tr>
                    ))}
                </thead>
                <tbody>
                    {above > 0 ? (
                        <tr aria-hidden>
                            <td className="space" colSpan={columns.length} style={{ height: above }} />
                        </tr>
                    ) : null}
                    {shown.map((index) => {
                        const row = all[index];
                        return row === undefined ? null : (
                            <tr
                                key={row.id}
                                className={row.id === selected ? 'selected' : undefined}
                                aria-rowindex={isVirtual ? index + 2 : undefined}
                            >
                                {row.getVisibleCells().map((cell) => (
                                    <td key={cell.id} className={classOf(cell.column.columnDef.meta)}>
                                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
                                    </td>
                                ))}
                            </tr>
                        );
                    })}
                    {below > 0 ? (
                        <tr aria-hidden>
                            <td className="space" colSpan={columns.length} style={{ height: below }} />
                        </tr>
                    ) : null}
                    {all.length === 0 ? (
                        <tr>
                            <td className="empty" colSpan={columns.length}>
                                {empty}
                            </td>
                        </tr>
                    ) : null}
                </tbody>
            </table>
        </div>
    );
}

import { createColumnHelper } from '@tanstack/react-table';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { show } from '../testing/show';
import { DataTable } from './DataTable';

interface Row {
    name: string;
    size: number;
}

const column = createColumnHelper<Row>();
const COLUMNS = [column.accessor('name', { header: 'Name' }), column.accessor('size', { header: 'Size' })];

function table(rows: Row[]) {
    return <DataTable caption="Things" rows={rows} columns={COLUMNS} rowId={(row) => row.name} empty="Nothing." />;
}

it('sorts by what the address says, and says so to who cannot see it', async () => {
    show(
        table([
            { name: 'a', size: 1 },
            { name: 'b', size: 3 },
            { name: 'c', size: 2 },
        ]),
        { address: '/?sort=-size' },
    );
    const names = () =>
        screen
            .getAllByRole('row')
            .slice(1)
            .map((row) => within(row).getAllByRole('cell')[0]?.textContent);
    expect(names()).toEqual(['b', 'c', 'a']);
    expect(screen.getByRole('columnheader', { name: /Size/ })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(names()).toEqual(['a', 'b', 'c']);
});

it('keeps thousands of rows out of the page', () => {
    show(table(Array.from({ length: 20_000 }, (_, index) => ({ name: `group ${index}`, size: index }))));
    expect(document.querySelectorAll('tr').length).toBeLessThan(200);
    expect(document.querySelector('table')).toHaveAttribute('aria-rowcount', '20001');
});

it('says what is missing in place of rows', () => {
    show(table([]));
    expect(screen.getByText('Nothing.')).toBeVisible();
});

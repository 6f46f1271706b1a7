import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { backend, measured, node, statistics } from '../../testing/facts';
import { show } from '../../testing/show';
import { Backends } from './Backends';

const ANSWERS = {
    'GET /api/v1/backends?load=true': {
        items: [
            backend('b1.example.org'),
            backend('b2.example.org', { status: 'offline' }),
            backend('b9.example.org', { site: 'porto' }),
        ],
    },
    'GET /api/v1/sites/lisbon/nodes': { items: [node('b1.example.org', { version: '0.1.0', dovecot: '2.3.19' })] },
    'GET /api/v1/sites/lisbon/proxy-statistics': { items: [statistics({ successes: 90, failures: { connect: 10 } })] },
    'GET /api/v1/sites/lisbon/backend-loads': { items: [measured('b1.example.org')] },
    'GET /api/v1/sites/lisbon/user-counts': {
        at: new Date().toISOString(),
        backends: { 'b1.example.org': 42 },
        groups: {},
    },
    'GET /api/v1/sites': { items: [{ id: '1', name: 'lisbon', status: 'online', version: 1 }] },
};

it('lists the backends of the site with what proxies say of them, narrowed as the address says', async () => {
    answering(ANSWERS);
    show(<Backends />, { address: '/backends?status=online' });
    const row = (await screen.findByRole('link', { name: 'b1.example.org' })).closest('tr');
    await waitFor(() => expect(row).toHaveTextContent('10 (10 %)'));
    expect(row).toHaveTextContent('0.1.0 2.3.19');
    await waitFor(() => expect(row).toHaveTextContent('+1.2+0.1−0.3–'));
    expect(row).toHaveTextContent('held 0.4 s since it was written #1');
    await waitFor(() => expect(within(row as HTMLElement).getByRole('link', { name: '42' })).toBeVisible());
    expect(screen.queryByText('b2.example.org')).toBeNull();
    expect(screen.queryByText('b9.example.org')).toBeNull();
});

it('has users counted when somebody asks for it', async () => {
    const asked = answering({ ...ANSWERS, 'POST /api/v1/tasks': { result: { id: 'count-users@1' }, warnings: [] } });
    show(<Backends />);
    expect(await screen.findByText(/Users were counted/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Count users…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Count' }));
    expect(await screen.findByText('It is queued')).toBeVisible();
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ name: 'count-users' });
});

it('shows a thousand backends by those that can be seen', async () => {
    answering({
        ...ANSWERS,
        'GET /api/v1/backends?load=true': {
            items: Array.from({ length: 1_000 }, (_, index) => backend(`b${index}.example.org`)),
        },
    });
    show(<Backends />);
    expect(await screen.findByText('1000 backends')).toBeVisible();
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '1001');
});

it('adds a backend with what was typed, and offers an id for special cases only', async () => {
    const asked = answering({
        ...ANSWERS,
        'POST /api/v1/backends': { result: backend('b3.example.org'), warnings: [] },
    });
    show(<Backends />);
    await userEvent.click(await screen.findByRole('button', { name: 'Add a backend' }));
    const dialog = screen.getByRole('dialog', { name: 'Add a backend' });
    expect(within(dialog).getByRole('button', { name: 'Add' })).toBeDisabled();
    expect(within(dialog).getByLabelText('Backend ID (special cases only)')).toBeVisible();
    await userEvent.type(within(dialog).getByLabelText('Host name'), 'b3.example.org');
    expect(within(dialog).getByText('doveadm cluster backend add --site lisbon b3.example.org')).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ site: 'lisbon', host: 'b3.example.org' });
});

it('removes one only after its name is typed', async () => {
    const asked = answering({
        ...ANSWERS,
        'DELETE /api/v1/backends/b1.example.org': { result: backend('b1.example.org'), warnings: [] },
    });
    show(<Backends />);
    await userEvent.click(await screen.findByRole('button', { name: 'Actions on b1.example.org' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove…' }));
    const remove = await screen.findByRole('button', { name: 'Remove' });
    expect(remove).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Type/), 'b1.example.org');
    await userEvent.click(remove);
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
    expect(asked.find((each) => each.method === 'DELETE')?.headers.get('If-Match')).toBe('"7"');
});

it('offers a viewer nothing that a viewer may not do', async () => {
    answering(ANSWERS);
    show(<Backends />, { role: 'viewer' });
    await screen.findByRole('link', { name: 'b1.example.org' });
    expect(screen.queryByRole('button', { name: 'Add a backend' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Actions/ })).toBeNull();
});

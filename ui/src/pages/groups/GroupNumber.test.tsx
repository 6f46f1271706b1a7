import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { answering } from '../../testing/api';
import { backend } from '../../testing/facts';
import { show } from '../../testing/show';
import { GroupNumberProgress, NumberOfGroups } from './GroupNumber';

const SITE: Schemas['Site'] = { id: '1', name: 'lisbon', status: 'online', groupCount: 100, version: 1 };

function planned(more: Partial<Schemas['GroupNumberChange']> = {}): Schemas['GroupNumberChange'] {
    return {
        from: 100,
        to: 102,
        by: 'ana',
        at: new Date().toISOString(),
        phase: 'planned',
        started: false,
        made: { 'default-101': 'id-of-b1', 'default-102': 'id-of-b1' },
        retired: [],
        users: 40,
        usersLeft: 40,
        ...more,
    };
}

const BACKENDS = { 'GET /api/v1/backends?load=true': { items: [backend('b1')] } };

it('plans another number before anything is done', async () => {
    const asked = answering({ 'POST /api/v1/group-number': { result: planned({ phase: 'wanted' }), warnings: [] } });
    show(<NumberOfGroups site={SITE} onClose={() => undefined} />);
    expect(screen.getByRole('button', { name: 'Create those that are missing' })).toBeEnabled();
    const entry = screen.getByLabelText('How many');
    await userEvent.clear(entry);
    await userEvent.type(entry, '102');
    await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
    expect(await screen.findByText('It is being planned')).toBeVisible();
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ groups: 102, start: false });
});

it('shows the preview, and starts it from there', async () => {
    const asked = answering({
        ...BACKENDS,
        'GET /api/v1/group-number': planned(),
        'POST /api/v1/group-number/start': { result: planned({ started: true }), warnings: [] },
    });
    show(<GroupNumberProgress />);
    expect(await screen.findByText('2: 2 on b1')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Start…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    await waitFor(() => expect(asked.some((each) => each.path === '/api/v1/group-number/start')).toBe(true));
});

it('says how far it is, and why it does not go on', async () => {
    answering({
        ...BACKENDS,
        'GET /api/v1/group-number': planned({ phase: 'moving', started: true, usersLeft: 10, problem: 'b1 is away' }),
    });
    show(<GroupNumberProgress />);
    expect(await screen.findByText(/30 of 40 users have begun to move/)).toBeVisible();
    expect(screen.getByText('moving')).toHaveAttribute('aria-current', 'step');
    expect(screen.getByText('b1 is away')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Start…' })).toBeNull();
});

it('is stopped where it is, and goes on', async () => {
    const moving = { phase: 'moving', usersLeft: 10 } as const;
    const asked = answering({
        ...BACKENDS,
        'GET /api/v1/group-number': () =>
            planned({ ...moving, started: !asked.some((each) => each.method === 'DELETE') }),
        'DELETE /api/v1/group-number': { result: planned(moving), warnings: [] },
        'POST /api/v1/group-number/start': { result: planned({ ...moving, started: true }), warnings: [] },
    });
    show(<GroupNumberProgress />);
    await userEvent.click(await screen.findByRole('button', { name: 'Stop…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(await screen.findByText(/It is stopped where it is/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Stop…' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Go on…' }));
    expect(await screen.findByText('10 users have still to begin to move.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(asked.at(-1)?.path).toBeDefined());
    expect(asked.some((each) => each.path === '/api/v1/group-number/start')).toBe(true);
});

it('says that it begins once it is started', async () => {
    answering({ ...BACKENDS, 'GET /api/v1/group-number': planned({ started: true }) });
    show(<GroupNumberProgress />);
    expect(await screen.findByText(/begins within half a minute/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Start…' })).toBeNull();
});

it('cannot be started with something in its way, nor by a viewer', async () => {
    answering({ ...BACKENDS, 'GET /api/v1/group-number': planned({ problem: 'default-99 is sticky' }) });
    const { unmount } = show(<GroupNumberProgress />);
    expect(await screen.findByRole('button', { name: 'Start…' })).toBeDisabled();
    unmount();
    answering({ ...BACKENDS, 'GET /api/v1/group-number': planned() });
    show(<GroupNumberProgress />, { role: 'viewer' });
    expect(await screen.findByText('2: 2 on b1')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Start…' })).toBeNull();
});

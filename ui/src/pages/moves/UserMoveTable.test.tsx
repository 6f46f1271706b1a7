import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { answering } from '../../testing/api';
import { show } from '../../testing/show';
import { UserMoveTable } from './UserMoveTable';

const leaving: Schemas['UserMove'] = {
    user: 'ann@example.org',
    id: 'one',
    kind: 'move',
    site: 'lisbon',
    group: 'default-1',
    backend: 'b1.example.org',
    toSite: 'porto',
    toGroup: 'default-2',
    step: 'leaving',
    waitsFor: 'backend b1.example.org ends the sessions',
    by: 'ana',
    startedAt: new Date().toISOString(),
    lastsSeconds: 3,
};

it('shows what a move of a user waits for, and withdraws it', async () => {
    const asked = answering({
        'DELETE /api/v1/users/ann%40example.org/move': {
            result: { user: 'ann@example.org', from: 'lisbon/default-1', to: 'lisbon/default-1', finished: false },
            warnings: [],
        },
    });
    show(<UserMoveTable moves={[leaving]} />);
    const row = screen.getByRole('row', { name: /ann@example\.org/ });
    expect(row).toHaveTextContent('default-2 of site porto');
    expect(row).toHaveTextContent('backend b1.example.org ends the sessions');
    expect(row).toHaveTextContent('ana');
    await userEvent.click(await screen.findByRole('button', { name: 'Withdraw…' }));
    expect(await screen.findByText('doveadm cluster user stay ann@example.org')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
});

it('does not withdraw twice', () => {
    answering({});
    show(<UserMoveTable moves={[{ ...leaving, kind: 'withdrawal', step: 'staying' }]} />);
    expect(screen.getByText('stays after all')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Withdraw…' })).toBeNull();
});

import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering, Refusal } from '../../testing/api';
import { backend, measured } from '../../testing/facts';
import { show } from '../../testing/show';
import { Evacuate } from './Evacuate';
import { emptyingOf } from './progress';

const MOVES = ['default-1', 'default-2', 'default-3'].map((group, index) => ({
    site: 'lisbon',
    group,
    from: 'b1.example.org',
    to: index < 2 ? 'b2.example.org' : 'b3.example.org',
}));

const ANSWERS = {
    'GET /api/v1/backends?load=true': {
        items: [backend('b1.example.org'), backend('b2.example.org'), backend('b3.example.org')],
    },
    'POST /api/v1/backends/b1.example.org/evacuation?dryRun=true': { result: MOVES, warnings: ['one group is sticky'] },
    'GET /api/v1/users?backend=b1.example.org&limit=1000': { items: [{ user: 'ann' }, { user: 'bob' }] },
};

it('shows what would move where before anything does, and then what was started', async () => {
    const asked = answering({
        ...ANSWERS,
        'POST /api/v1/backends/b1.example.org/evacuation': {
            result: MOVES.map((move) => ({ ...move, id: 'm' })),
            warnings: [],
        },
    });
    show(<Evacuate host="b1.example.org" onClose={() => undefined} />);
    const go = await screen.findByRole('button', { name: 'Evacuate now' });
    await waitFor(() => expect(go).toBeEnabled());
    expect(asked.filter((each) => each.method === 'POST').map((each) => each.path)).toEqual([
        '/api/v1/backends/b1.example.org/evacuation?dryRun=true',
    ]);
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual(['b2.example.org1012 (+2)', 'b3.example.org1011 (+1)']);
    expect(screen.getByText('one group is sticky')).toBeVisible();
    expect(screen.getByText('doveadm cluster backend evacuate b1.example.org')).toBeVisible();
    expect(screen.getByText('Users in them').nextSibling).toHaveTextContent('2');

    await userEvent.type(screen.getByLabelText(/Reason/), 'disk');
    await userEvent.click(go);
    expect(await screen.findByText('3 moves have begun')).toBeVisible();
    expect(asked.filter((each) => each.path.endsWith('dryRun=true'))).toHaveLength(1);
    const sent = asked.find((each) => each.path === '/api/v1/backends/b1.example.org/evacuation');
    expect(sent?.headers.get('X-Pombal-Reason')).toBe('disk');
    expect(emptyingOf('b1.example.org')?.groups).toBe(10);
});

it('is done at a rate, with how long that takes', async () => {
    const evacuation = {
        backend: 'b1.example.org',
        by: 'ana',
        startedAt: new Date().toISOString(),
        groupsPerMinute: 2,
        groups: 10,
        waiting: 10,
        moving: 0,
    };
    const asked = answering({
        ...ANSWERS,
        'GET /api/v1/sites/lisbon/backend-loads': { items: [measured('b1.example.org')] },
        'POST /api/v1/evacuations': { result: evacuation, warnings: [] },
    });
    show(<Evacuate host="b1.example.org" onClose={() => undefined} />);
    await userEvent.selectOptions(await screen.findByLabelText('Pace'), 'rate');
    const entry = screen.getByLabelText('Groups a minute');
    await userEvent.clear(entry);
    expect(screen.getByRole('button', { name: 'Evacuate now' })).toBeDisabled();
    await userEvent.type(entry, '2');
    await waitFor(() => expect(screen.getByText('Takes').nextSibling).toHaveTextContent('90 s at least'));
    expect(screen.getByText('Sessions').nextSibling).toHaveTextContent('12');
    await userEvent.click(screen.getByRole('button', { name: 'Evacuate now' }));
    expect(await screen.findByText('It is being emptied, 2 groups a minute')).toBeVisible();
    expect(asked.find((each) => each.path === '/api/v1/evacuations' && each.method === 'POST')?.body).toEqual({
        backend: 'b1.example.org',
        groupsPerMinute: 2,
    });
});

it('cannot be started when the preview is refused, and says why', async () => {
    answering({
        ...ANSWERS,
        'POST /api/v1/backends/b1.example.org/evacuation?dryRun=true': new Refusal(409, 'no other backend is online'),
    });
    show(<Evacuate host="b1.example.org" onClose={() => undefined} />);
    expect(await screen.findByText('no other backend is online')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Evacuate now' })).toBeDisabled();
});

import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { backend } from '../../testing/facts';
import { show } from '../../testing/show';
import { Emptying } from './Emptying';

it('says how far an evacuation at a rate is and how long it takes, and stops it', async () => {
    const evacuation = {
        backend: 'b1.example.org',
        by: 'ana',
        startedAt: new Date().toISOString(),
        groupsPerMinute: 6,
        groups: 20,
        waiting: 12,
        moving: 3,
        secondsLeft: 150,
    };
    const asked = answering({
        'GET /api/v1/evacuations': { items: [evacuation] },
        'DELETE /api/v1/evacuations/b1.example.org': { result: 'b1.example.org', warnings: [] },
    });
    show(<Emptying backend={backend('b1.example.org', { loadFactor: 0 })} />);
    const status = await screen.findByRole('status');
    expect(status).toHaveTextContent('5 of 20 groups have gone, 3 are on their way, 12 wait. About 2 min left.');
    await userEvent.click(screen.getByRole('button', { name: 'Stop…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
});

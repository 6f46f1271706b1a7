import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../testing/api';
import { show } from '../testing/show';
import { Features } from './Features';

const FEATURES = {
    items: [
        { feature: 'error-mitigation', state: 'off', version: 0 },
        { feature: 'load-balancing', state: 'on', version: 4 },
        { feature: 'metrics', state: 'dryrun', version: 1 },
    ],
};

it('says what stops when a feature is off before it is switched off, and repeats what the controller warns of', async () => {
    const asked = answering({
        'GET /api/v1/sites/lisbon/features': FEATURES,
        'PUT /api/v1/sites/lisbon/features/load-balancing': {
            result: { feature: 'load-balancing', state: 'off', version: 5 },
            warnings: ['nothing heeds it yet'],
        },
    });
    show(<Features site="lisbon" />);
    const group = await screen.findByRole('radiogroup', { name: 'Load balancing' });
    const off = [...group.querySelectorAll('button')].find((each) => each.textContent === 'off');
    await userEvent.click(off as HTMLElement);
    expect(
        await screen.findAllByText(/No group is moved to even out load; a backend with load factor 0 keeps its groups/),
    ).not.toHaveLength(0);
    await userEvent.click(screen.getByRole('button', { name: 'Set to off' }));
    expect(await screen.findByText('nothing heeds it yet')).toBeVisible();
    const sent = asked.find((each) => each.method === 'PUT');
    expect(sent?.body).toEqual({ state: 'off' });
    expect(sent?.headers.get('If-Match')).toBe('"4"');
});

it('lets a viewer look', async () => {
    answering({ 'GET /api/v1/sites/lisbon/features': FEATURES });
    show(<Features site="lisbon" />, { role: 'viewer' });
    const group = await screen.findByRole('radiogroup', { name: 'Metrics' });
    await waitFor(() => expect(group.querySelector('button')).toBeDisabled());
});

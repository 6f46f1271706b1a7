import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { backend, measured } from '../../testing/facts';
import { show } from '../../testing/show';
import { Tiles } from './Tiles';

const SITES = [
    { id: '1', name: 'lisbon', status: 'online', version: 1 },
    { id: '2', name: 'porto', status: 'standby', version: 1 },
] as const;

it('shows what each backend of each site has, what is amiss first', async () => {
    answering({
        'GET /api/v1/sites/lisbon/backend-loads': { items: [measured('b1.example.org')] },
        'GET /api/v1/sites/lisbon/user-counts': { backends: { 'b1.example.org': 321 }, groups: {} },
    });
    show(
        <Tiles
            sites={SITES}
            backends={[
                backend('b1.example.org'),
                backend('b2.example.org', { status: 'offline' }),
                backend('b9.example.org', { site: 'porto' }),
            ]}
        />,
    );
    expect(await screen.findByText('12 sessions')).toBeVisible();
    expect(await screen.findByText('321 users')).toBeVisible();
    expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual([
        'b2.example.org',
        'b1.example.org',
        'b9.example.org',
    ]);
});

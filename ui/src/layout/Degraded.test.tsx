import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { answering } from '../testing/api';
import { show } from '../testing/show';
import { Degraded } from './Degraded';

const health = (geoDb: string, tasks: string, more = {}) => ({
    'GET /api/v1/health': { status: 'degraded', site: 'lisbon', geoDb, leader: 'up', tasks, ...more },
});

it('says what is missing and what that means', async () => {
    answering(health('away', 'away'));
    show(<Degraded live="live" />);
    expect(await screen.findByText('GeoDB does not answer')).toBeVisible();
    expect(screen.getByText('The task queues (Redis) cannot be reached')).toBeVisible();
});

it('says that nobody acts, and that Prometheus is away', async () => {
    answering(health('up', 'up', { leader: 'missing', prometheus: 'away' }));
    show(<Degraded live="live" />);
    expect(await screen.findByText('No controller acts for this site')).toBeVisible();
    expect(screen.getByText('Prometheus does not answer')).toBeVisible();
});

it('says that the issuer is away', async () => {
    answering(health('up', 'up', { issuer: 'away' }));
    show(<Degraded live="live" />);
    expect(await screen.findByText('The OpenID Connect issuer does not answer')).toBeVisible();
});

it('says that live updates are interrupted, and that the controller is away', async () => {
    answering(health('up', 'up'));
    const { unmount } = show(<Degraded live="away" />);
    expect(await screen.findByText('No live updates')).toBeVisible();
    unmount();
    answering({});
    show(<Degraded live="away" />);
    expect(await screen.findByText('The controller does not answer')).toBeVisible();
});

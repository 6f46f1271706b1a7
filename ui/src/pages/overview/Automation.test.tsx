import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { answering } from '../../testing/api';
import { plan } from '../../testing/facts';
import { show } from '../../testing/show';
import { Automation, inShort } from './Automation';

function step(more: Partial<Schemas['AutomationStep']> = {}): Schemas['AutomationStep'] {
    return {
        at: new Date().toISOString(),
        part: 'load-balancing',
        action: 'group.move',
        target: 'group default-7',
        from: '"b1"',
        to: '"b2"',
        why: 'b1 carries too much',
        result: 'done',
        ...more,
    };
}

it('says what was done in the last hour and why, and nothing of what was before', async () => {
    answering({
        'GET /api/v1/sites/lisbon/features': { items: [{ feature: 'load-balancing', state: 'on', version: 1 }] },
        'GET /api/v1/plans': { items: [plan('load-balancing', { summary: 'planner: all is in the band' })] },
        'GET /api/v1/automation-steps?limit=200': {
            items: [step(), step({ target: 'group default-8', at: new Date(Date.now() - 7_200_000).toISOString() })],
        },
    });
    show(<Automation site="lisbon" />);
    expect(await screen.findByRole('link', { name: 'default-7' })).toBeVisible();
    expect(screen.getByText('b1 carries too much')).toBeVisible();
    expect(screen.getByText('b1 → b2')).toBeVisible();
    expect(screen.queryByText('default-8')).toBeNull();
    expect(screen.getByText('1 × group.move')).toBeVisible();
    expect(screen.getByText(/all is in the band/)).toBeVisible();
});

it('counts by action, and what was not done', () => {
    expect(inShort([step(), step({ result: 'refused' }), step({ action: 'backend.offline' })])).toEqual([
        '1 × group.move, 1 not done',
        '1 × backend.offline',
    ]);
});

import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { statistics } from '../../testing/facts';
import { useHistory } from './history';

const ROWS = [statistics({ attempts: 50, successes: 40, failures: { connect: 10 } })];

function Shown({ site, at }: { site: string; at: number }) {
    return (
        <p>
            {useHistory(site, ROWS, at)
                .map((sample) => `${sample.logins.toFixed(0)}/${sample.failures.toFixed(0)}`)
                .join(' ')}
        </p>
    );
}

it('goes on where it was when the page is loaded again', () => {
    const now = Date.now();
    render(<Shown site="lisbon" at={now} />);
    expect(screen.getByText('5/1')).toBeVisible();
    // As it is for a site that was looked at before: all that is left is what the tab keeps.
    sessionStorage.setItem('pombal.history.porto', sessionStorage.getItem('pombal.history.lisbon') ?? '');
    render(<Shown site="porto" at={now + 5_000} />);
    expect(screen.getByText('5/1 5/1')).toBeVisible();
});

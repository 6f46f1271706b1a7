import { Fragment, useState } from 'react';
import { Button } from 'react-aria-components';
import { useFailovers, useUsersAway } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { Badge, type Tone } from '../../components/Badge';
import { Reading } from '../../components/Reading';
import { ScrollTable } from '../../components/ScrollTable';
import { useMay } from '../../session/caller';
import { PaceFailover, StartFailover, StopFailover } from './failoverDialogs';

type Failover = Schemas['SiteFailover'];

const TONES: Record<Failover['phase'], Tone> = {
    none: 'quiet',
    declared: 'warn',
    active: 'bad',
    recovering: 'info',
};

const MEANS: Record<Failover['phase'], string> = {
    none: 'it serves its users',
    declared: 'others take its users over once they have waited, unless it comes back',
    active: 'other sites take its users over; it serves nobody',
    recovering: 'its users come home',
};

const PHASES: readonly Failover['phase'][] = ['declared', 'active', 'recovering'];

/** The failovers of all sites: how far they are, and what can be done about them. */
export function Failovers() {
    const failovers = useFailovers();
    const may = useMay('operator');
    const [dialog, setDialog] = useState<{ what: 'start' | 'stop' | 'pace'; failover: Failover }>();
    const close = () => setDialog(undefined);
    return (
        <Reading query={failovers} what="The failovers of the sites">
            {(data) => (
                <>
                    <ScrollTable label="Failovers of sites">
                        <thead>
                            <tr>
                                <th scope="col">Site</th>
                                <th scope="col">Failover</th>
                                <th scope="col" className="numeric">
                                    Users away
                                </th>
                                <th scope="col">Taken by</th>
                                <th scope="col" title="Users a second that each site moves, besides those who log in">
                                    Pace
                                </th>
                                <th scope="col">Declared by</th>
                                <th scope="col" className="numeric" title="How many failovers have become active">
                                    Term
                                </th>
                                <th scope="col">
                                    <span className="for-readers">Actions</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {data.map((failover) => (
                                <tr key={failover.site}>
                                    <td>{failover.site}</td>
                                    <td>
                                        <Badge state={failover.phase} tone={TONES[failover.phase]} />
                                    </td>
                                    <td className="numeric">
                                        <Away failover={failover} />
                                    </td>
                                    <td>
                                        {Object.entries(failover.takenBy)
                                            .map(([site, share]) => `${site} (share ${share})`)
                                            .join(', ')}
                                    </td>
                                    <td>
                                        {failover.phase === 'none' ? (
                                            ''
                                        ) : failover.paused ? (
                                            <Badge state="paused" tone="warn" />
                                        ) : (
                                            `${failover.rate} users a second`
                                        )}
                                    </td>
                                    <td>
                                        {failover.phase === 'none'
                                            ? ''
                                            : failover.byOperator
                                              ? 'an operator'
                                              : 'the other sites'}
                                    </td>
                                    <td className="numeric">{failover.term}</td>
                                    <td className="row-actions">
                                        {may ? <Actions failover={failover} ask={setDialog} /> : null}
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </ScrollTable>
                    <dl className="facts footnote">
                        {PHASES.map((phase) => (
                            <Fragment key={phase}>
                                <dt>{phase}</dt>
                                <dd>{MEANS[phase]}</dd>
                            </Fragment>
                        ))}
                    </dl>
                    {dialog?.what === 'start' ? <StartFailover failover={dialog.failover} onClose={close} /> : null}
                    {dialog?.what === 'stop' ? <StopFailover failover={dialog.failover} onClose={close} /> : null}
                    {dialog?.what === 'pace' ? <PaceFailover failover={dialog.failover} onClose={close} /> : null}
                </>
            )}
        </Reading>
    );
}

function Away({ failover }: { failover: Failover }) {
    const away = useUsersAway(failover.site, failover.phase === 'active' || failover.phase === 'recovering');
    return away.data === undefined ? null : `${away.data.users}${away.data.more ? ' or more' : ''}`;
}

interface ActionsProps {
    failover: Failover;
    ask: (dialog: { what: 'start' | 'stop' | 'pace'; failover: Failover }) => void;
}

function Actions({ failover, ask }: ActionsProps) {
    const { phase, site, paused } = failover;
    const button = (what: 'start' | 'stop' | 'pace', text: string) => (
        <Button
            className="plain small"
            aria-label={`${text.replace('…', '')}: site ${site}`}
            onPress={() => ask({ what, failover })}
        >
            {text}
        </Button>
    );
    return phase === 'none' ? (
        button('start', 'Fail over…')
    ) : (
        <>
            {button('pace', paused ? 'Resume or pace…' : 'Pause or pace…')}
            {phase === 'declared' ? button('stop', 'Withdraw…') : null}
            {phase === 'active' ? button('stop', 'Bring users home…') : null}
            {phase === 'recovering' ? button('start', 'Fail over again…') : null}
        </>
    );
}

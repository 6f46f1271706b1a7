import { Fragment } from 'react';
import { useFailovers, useUsersAway } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { Badge, type Tone } from '../../components/Badge';
import { FactTable, RowAction } from '../../components/FactTable';
import { Reading } from '../../components/Reading';
import { useDialog } from '../../components/useDialog';
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
    const [open, dialog] = useDialog();
    return (
        <Reading query={failovers} what="The failovers of the sites">
            {(data) => (
                <>
                    <FactTable
                        label="Failovers of sites"
                        rows={data}
                        rowId={(failover) => failover.site}
                        columns={[
                            ['Site', (failover) => failover.site],
                            [
                                'Failover',
                                (failover) => (
                                    <>
                                        <Badge state={failover.phase} tone={TONES[failover.phase]} />
                                        {failover.recovering === undefined ? '' : ` ${failover.recovering} % of them`}
                                    </>
                                ),
                            ],
                            ['Users away', (failover) => <Away failover={failover} />, { numeric: true }],
                            [
                                'Taken by',
                                (failover) =>
                                    Object.entries(failover.takenBy)
                                        .map(([site, share]) => `${site} (share ${share})`)
                                        .join(', '),
                            ],
                            [
                                'Pace',
                                paceOf,
                                { title: 'Users a second that each site moves, besides those who log in' },
                            ],
                            [
                                'Declared by',
                                (failover) =>
                                    failover.phase === 'none'
                                        ? ''
                                        : failover.byOperator
                                          ? 'an operator'
                                          : 'the other sites',
                            ],
                            [
                                'Term',
                                (failover) => failover.term,
                                { numeric: true, title: 'How many failovers have become active' },
                            ],
                        ]}
                        actions={
                            may
                                ? (failover) => (
                                      <Actions
                                          failover={failover}
                                          ask={(Dialog) =>
                                              open((close) => <Dialog failover={failover} onClose={close} />)
                                          }
                                      />
                                  )
                                : undefined
                        }
                    />
                    <dl className="facts footnote">
                        {PHASES.map((phase) => (
                            <Fragment key={phase}>
                                <dt>{phase}</dt>
                                <dd>{MEANS[phase]}</dd>
                            </Fragment>
                        ))}
                    </dl>
                    {dialog}
                </>
            )}
        </Reading>
    );
}

function paceOf({ phase, paused, rate }: Failover) {
    if (phase === 'none') {
        return '';
    }
    return paused ? <Badge state="paused" tone="warn" /> : `${rate} users a second`;
}

function Away({ failover }: { failover: Failover }) {
    const away = useUsersAway(failover.site, failover.phase === 'active' || failover.phase === 'recovering');
    return away.data === undefined ? null : `${away.data.users}${away.data.more ? ' or more' : ''}`;
}

interface ActionsProps {
    failover: Failover;
    ask: (dialog: typeof StartFailover) => void;
}

function Actions({ failover, ask }: ActionsProps) {
    const { phase, site, paused } = failover;
    const action = (verb: string, dialog: typeof StartFailover) => (
        <RowAction verb={verb} of={`site ${site}`} onPress={() => ask(dialog)} />
    );
    return phase === 'none' ? (
        action('Fail over', StartFailover)
    ) : (
        <>
            {action(paused ? 'Resume or pace' : 'Pause or pace', PaceFailover)}
            {phase === 'declared' ? action('Withdraw', StopFailover) : action('Bring users home', StopFailover)}
            {phase === 'recovering' ? action('Fail over again', StartFailover) : null}
        </>
    );
}

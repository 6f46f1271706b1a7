import { useState } from 'react';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useBackends, useSites } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Check, TextEntry } from '../../components/fields';
import { Percentage, percentageOf } from '../../components/Percentage';
import { Note } from '../../components/Note';

type Failover = Schemas['SiteFailover'];

const FASTEST = 100_000;
/** The default of cluster_site_move_rate. */
const USUAL = 50;

function rateOf(text: string): number | undefined {
    const rate = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return rate >= 1 && rate <= FASTEST ? rate : undefined;
}

function Rate({ text, onChange }: { text: string; onChange: (text: string) => void }) {
    return (
        <TextEntry
            label="Users a second"
            type="number"
            value={text}
            onChange={onChange}
            hint="That each site moves, besides those who log in; 1 to 100,000."
        />
    );
}

/** Sites that can take the users of another: those that are online, of the same tag, with a load balancer. */
export function useTakers(name: string): { site: string; factors: number }[] {
    const sites = useSites();
    const backends = useBackends();
    const own = sites.data?.find((each) => each.name === name);
    return (sites.data ?? [])
        .filter(
            (each) =>
                each.name !== name &&
                each.status === 'online' &&
                each.tag === own?.tag &&
                each.loadBalancer !== undefined,
        )
        .map((each) => ({
            site: each.name,
            factors: (backends.data ?? [])
                .filter((backend) => backend.site === each.name && backend.status === 'online')
                .reduce((sum, backend) => sum + backend.loadFactor, 0),
        }));
}

/** Which sites would take the users of another, and in what proportion. */
export function Takers({ site }: { site: string }) {
    const takers = useTakers(site);
    const all = takers.reduce((sum, taker) => sum + taker.factors, 0);
    return takers.length === 0 || all === 0 ? (
        <Note tone="warn">
            No other site that is online, of the same tag and with a load balancer could take its users.
        </Note>
    ) : (
        <table>
            <caption>Who takes its users</caption>
            <thead>
                <tr>
                    <th scope="col">Site</th>
                    <th scope="col" className="numeric">
                        Part, by load factors
                    </th>
                </tr>
            </thead>
            <tbody>
                {takers.map((taker) => (
                    <tr key={taker.site}>
                        <td>{taker.site}</td>
                        <td className="numeric">{((100 * taker.factors) / all).toFixed(0)} %</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

export function StartFailover({ failover, onClose }: { failover: Failover; onClose: () => void }) {
    const [text, setText] = useState(String(failover.term === 0 ? USUAL : failover.rate));
    const rate = rateOf(text);
    const { site } = failover;
    return (
        <ActionDialog
            title={`Fail site ${site} over`}
            verb="Fail over"
            dangerous
            typed={site}
            onClose={onClose}
            change={
                rate === undefined
                    ? undefined
                    : change('post', '/api/v1/sites/{site}/failover', {
                          path: { site },
                          body: { rate },
                          command: `doveadm cluster site failover start --rate ${rate} ${word(site)}`,
                      })
            }
        >
            <p>
                It is declared at once. After cluster_site_failover_wait other sites take its users over: those who log
                in or get mail at once, the others at this rate. Until you bring them home they stay there.
            </p>
            <Note tone="warn" title="If the site still runs and cannot read GeoDB">
                its users may be served twice for a while, unless cluster_site_isolation is stop: docs/sites.md says for
                how long.
            </Note>
            <Takers site={site} />
            <Rate text={text} onChange={setText} />
        </ActionDialog>
    );
}

export function StopFailover({ failover, onClose }: { failover: Failover; onClose: () => void }) {
    return failover.phase === 'declared' ? (
        <Withdraw failover={failover} onClose={onClose} />
    ) : (
        <BringHome failover={failover} onClose={onClose} />
    );
}

function Withdraw({ failover: { site }, onClose }: { failover: Failover; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Withdraw the failover of ${site}`}
            verb="Withdraw"
            onClose={onClose}
            change={change('delete', '/api/v1/sites/{site}/failover', {
                path: { site },
                command: `doveadm cluster site failover stop ${word(site)}`,
            })}
        >
            <p>Nobody has been taken over yet: the site goes on as before.</p>
        </ActionDialog>
    );
}

/** All of them, which ends the failover, or a share: to try the site with a few before. */
function BringHome({ failover, onClose }: { failover: Failover; onClose: () => void }) {
    const { site, rate, recovering } = failover;
    const [text, setText] = useState('100');
    const percentage = percentageOf(text);
    return (
        <ActionDialog<unknown>
            title={`Bring the users of ${site} home`}
            verb="Bring them home"
            dangerous
            onClose={onClose}
            change={
                percentage === undefined
                    ? undefined
                    : percentage === 100
                      ? change('delete', '/api/v1/sites/{site}/failover', {
                            path: { site },
                            command: `doveadm cluster site failover stop ${word(site)}`,
                        })
                      : change('put', '/api/v1/sites/{site}/failover/recovery', {
                            path: { site },
                            body: { percentage },
                            command: `doveadm cluster site recover ${word(site)} ${percentage}`,
                        })
            }
        >
            <p>
                Those who were taken over come home, {rate} a second of each site; the site that serves a user ends the
                sessions first. It takes nobody more.
            </p>
            <Percentage
                value={text}
                onChange={setText}
                hint={`100: all, and the failover ends. With less the others stay away for now, and a higher number later adds users.${recovering === undefined ? '' : ` It is ${recovering} now.`}`}
            />
        </ActionDialog>
    );
}

export function PaceFailover({ failover, onClose }: { failover: Failover; onClose: () => void }) {
    const { site } = failover;
    const [text, setText] = useState(String(failover.rate));
    const [paused, setPaused] = useState(!failover.paused);
    const rate = rateOf(text);
    const body = {
        ...(rate === undefined || rate === failover.rate ? {} : { rate }),
        ...(paused === failover.paused ? {} : { paused }),
    };
    const flags = [
        ...(body.rate === undefined ? [] : [`--rate ${body.rate}`]),
        ...(body.paused === undefined ? [] : [`--pause ${body.paused ? 'yes' : 'no'}`]),
    ];
    return (
        <ActionDialog
            title={`Pace of the failover of ${site}`}
            verb={body.paused === undefined ? 'Set' : body.paused ? 'Pause' : 'Resume'}
            onClose={onClose}
            change={
                flags.length === 0 || rate === undefined
                    ? undefined
                    : change('patch', '/api/v1/sites/{site}/failover', {
                          path: { site },
                          body,
                          command: `doveadm cluster site failover update ${flags.join(' ')} ${word(site)}`,
                      })
            }
        >
            <Check
                label="Paused: users are only moved when they log in, and nobody is sent home"
                isChosen={paused}
                onChange={setPaused}
            />
            <Rate text={text} onChange={setText} />
        </ActionDialog>
    );
}

import { Link } from 'react-router';
import { useAutomationSteps } from '../../api/automation';
import { useMoves, useUserMoves } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { AuditTable } from '../audit/AuditTable';
import { StepTable } from '../overview/Automation';
import { MoveTable } from './MoveTable';
import { UserMoveTable } from './UserMoveTable';
import { useEnded } from './ended';

/** What moves, and what has moved. */
export function Moves() {
    const { site } = useSite();
    const moves = useMoves(site);
    const users = useUserMoves(site);
    const ended = useEnded(moves.data);
    const admin = useMay('admin');
    const steps = useAutomationSteps();
    const begun = steps.data?.filter((step) => step.action.endsWith('.move'));
    return (
        <Page title="Moves" about={`of groups and users of site ${site}`}>
            <Panel title="Under way" aside={moves.data === undefined ? '' : `${moves.data.length} moves`}>
                <Reading query={moves} what="The list of moves">
                    {(data) => <MoveTable site={site} moves={data} empty="No group moves." />}
                </Reading>
            </Panel>
            <Panel title="Users on the move" aside={users.data === undefined ? '' : `${users.data.length} users`}>
                <Reading query={users} what="The list of users who move">
                    {(data) => <UserMoveTable moves={data} />}
                </Reading>
            </Panel>
            <Panel title="Ended while this tab looked on">
                {ended.length === 0 ? (
                    <p className="quiet">
                        None. The controller keeps no list of ended moves: what is here was seen by this tab.
                    </p>
                ) : (
                    <ScrollTable label="Ended moves" low>
                        <thead>
                            <tr>
                                <th scope="col">Group</th>
                                <th scope="col">From</th>
                                <th scope="col">To</th>
                                <th scope="col">Began</th>
                                <th
                                    scope="col"
                                    className="numeric"
                                    title="To a few seconds: that is how often it is looked at"
                                >
                                    Took about
                                </th>
                                <th scope="col">Asked for by</th>
                            </tr>
                        </thead>
                        <tbody>
                            {ended.map((move) => (
                                <tr key={move.id}>
                                    <td>
                                        <Link to={`/groups/${move.group}`}>{move.group}</Link>
                                    </td>
                                    <td>{move.from}</td>
                                    <td>{move.to}</td>
                                    <td>
                                        <Time at={move.startedAt} />
                                    </td>
                                    <td className="numeric">
                                        {duration(move.seenAt - new Date(move.startedAt).getTime())}
                                    </td>
                                    <td>{move.cause}</td>
                                </tr>
                            ))}
                        </tbody>
                    </ScrollTable>
                )}
            </Panel>
            <Panel title="Begun by the automation" aside={<Link to="/plan">plan</Link>}>
                <Reading query={steps} what="What the automation did">
                    {() =>
                        begun === undefined || begun.length === 0 ? (
                            <p className="quiet">None, among its latest steps.</p>
                        ) : (
                            <StepTable steps={begun} />
                        )
                    }
                </Reading>
            </Panel>
            <Panel title="Asked for by people" aside={<Link to="/audit?q=move">audit log</Link>}>
                {admin ? (
                    <AuditTable
                        filter={(entry) => entry.who !== 'controller' && /\.move|evacuate/.test(entry.action)}
                        empty="Nobody has asked for a move lately."
                    />
                ) : (
                    <p className="quiet">Who asked for which move is in the audit log, which admins may read.</p>
                )}
            </Panel>
        </Page>
    );
}

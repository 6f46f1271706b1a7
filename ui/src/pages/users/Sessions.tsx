import { Button } from 'react-aria-components';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useUserSessions } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { FactTable } from '../../components/FactTable';
import { Note } from '../../components/Note';
import { Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { useDialog } from '../../components/useDialog';
import { useMay } from '../../session/caller';

/** The sessions that a user has now, as Dovecot's doveadm on the backend knows them, and an end to them. */
export function Sessions({ user }: { user: Schemas['User'] }) {
    const sessions = useUserSessions(user.user);
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <Panel
            title="Sessions"
            aside={
                may ? (
                    <Button
                        className="small"
                        isDisabled={sessions.data === undefined}
                        onPress={() => open((close) => <EndSessions user={user.user} onClose={close} />)}
                    >
                        End all…
                    </Button>
                ) : null
            }
        >
            <Reading query={sessions} what="The sessions">
                {(data) =>
                    data.sessions.length === 0 ? (
                        <p className="quiet">
                            {data.backend === undefined
                                ? 'None: nobody serves the user yet.'
                                : `None at ${data.backend}, as its doveadm counts them. Deliveries are never among them.`}
                        </p>
                    ) : (
                        <FactTable
                            label={`Sessions of ${user.user}`}
                            rows={data.sessions}
                            rowId={(session) => `${session.service} ${session.from.join()}`}
                            columns={[
                                ['Service', (session) => session.service],
                                ['Connections', (session) => session.connections, { numeric: true }],
                                ['From', (session) => session.from.join(', ')],
                                ['At', () => data.backend],
                            ]}
                        />
                    )
                }
            </Reading>
            {dialog}
        </Panel>
    );
}

function EndSessions({ user, onClose }: { user: string; onClose: () => void }) {
    return (
        <ActionDialog
            title={`End the sessions of ${user}`}
            verb="End them"
            dangerous
            onClose={onClose}
            change={change('delete', '/api/v1/users/{user}/sessions', {
                path: { user },
                command: `doveadm cluster kick ${word(user)}`,
            })}
            done={({ result }) => (
                <Note tone="good">
                    {result.ended === 0 ? 'There was none.' : `${result.ended} were ended, as doveadm counts them.`}
                </Note>
            )}
        >
            <p>
                All of them, at the backend that serves the user. The user may log in again at once, and is served
                there.
            </p>
        </ActionDialog>
    );
}

import { useState } from 'react';
import { Button } from 'react-aria-components';
import { change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useTokens } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Badge } from '../../components/Badge';
import { FactTable, RowAction } from '../../components/FactTable';
import { Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';
import { Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Time } from '../../components/Time';
import { useDialog } from '../../components/useDialog';
import { useMay, type Role } from '../../session/caller';

function MakeToken({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('');
    const [role, setRole] = useState<Role>('viewer');
    const [days, setDays] = useState('90');
    const lasts = /^\d{1,5}$/.test(days) && Number(days) > 0 ? Number(days) : undefined;
    return (
        <ActionDialog
            title="Make a token"
            verb="Make"
            onClose={onClose}
            change={
                name.trim() === '' || lasts === undefined
                    ? undefined
                    : change('post', '/api/v1/tokens', { body: { name: name.trim(), role, days: lasts } })
            }
            done={({ token, secret }) => (
                <Note tone="good" title={`Token ${token.name}`}>
                    <p>This is shown once. Only a hash of it is kept: whoever loses it makes another.</p>
                    <code className="secret">{secret}</code>
                </Note>
            )}
        >
            <TextEntry
                label="Name"
                value={name}
                onChange={setName}
                required
                autoFocus
                hint="Of who will use it: it stands in the audit log."
            />
            <Choice
                label="Role"
                value={role}
                onChange={(value) => setRole(value as Role)}
                options={[
                    ['viewer', 'viewer: reads'],
                    ['operator', 'operator: also changes'],
                    ['admin', 'admin: also makes tokens and reads the audit log'],
                ]}
            />
            <TextEntry label="Days that it is valid" type="number" value={days} onChange={setDays} />
        </ActionDialog>
    );
}

function RevokeToken({ token, onClose }: { token: Schemas['Token']; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Revoke token ${token.name}`}
            verb="Revoke"
            dangerous
            typed={token.name}
            onClose={onClose}
            change={change('delete', '/api/v1/tokens/{id}', { path: { id: token.id } })}
        >
            <p>It opens nothing any more: here at once, at other controllers two seconds later.</p>
        </ActionDialog>
    );
}

function stateOf(token: Schemas['Token']) {
    return token.valid ? (
        <Badge state="valid" tone="good" />
    ) : (
        <Badge state={token.revokedAt === undefined ? 'expired' : 'revoked'} tone="quiet" />
    );
}

/** Tokens of people and programs. */
export function Tokens() {
    const admin = useMay('admin');
    const tokens = useTokens(admin);
    const [open, dialog] = useDialog();
    if (!admin) {
        return (
            <Panel title="Tokens">
                <p className="quiet">Tokens are for admins.</p>
            </Panel>
        );
    }
    return (
        <Panel
            title="Tokens"
            aside={
                <Button className="small" onPress={() => open((close) => <MakeToken onClose={close} />)}>
                    Make a token
                </Button>
            }
        >
            <Reading query={tokens} what="The list of tokens">
                {(data) => (
                    <FactTable
                        label="Tokens"
                        rows={data}
                        rowId={(token) => token.id}
                        columns={[
                            ['Name', (token) => token.name],
                            ['Role', (token) => token.role],
                            ['State', stateOf],
                            ['Made', (token) => <Time at={token.createdAt} />],
                            ['By', (token) => token.createdBy],
                            ['Valid until', (token) => <Time at={token.expiresAt} />],
                        ]}
                        actions={(token) =>
                            token.valid ? (
                                <RowAction
                                    verb="Revoke"
                                    of={`token ${token.name}`}
                                    onPress={() => open((close) => <RevokeToken token={token} onClose={close} />)}
                                />
                            ) : null
                        }
                    />
                )}
            </Reading>
            {dialog}
        </Panel>
    );
}

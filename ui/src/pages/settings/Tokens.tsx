import { useState } from 'react';
import { Button } from 'react-aria-components';
import { change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useTokens } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { ActionDialog } from '../../components/ActionDialog';
import { Badge } from '../../components/Badge';
import { Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';
import { Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Time } from '../../components/Time';
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

/** Tokens of people and programs. */
export function Tokens() {
    const admin = useMay('admin');
    const tokens = useTokens(admin);
    const [making, setMaking] = useState(false);
    const [revoked, setRevoked] = useState<Schemas['Token']>();
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
                <Button className="small" onPress={() => setMaking(true)}>
                    Make a token
                </Button>
            }
        >
            <Reading query={tokens} what="The list of tokens">
                {(data) => (
                    <ScrollTable label="Tokens">
                        <thead>
                            <tr>
                                <th scope="col">Name</th>
                                <th scope="col">Role</th>
                                <th scope="col">State</th>
                                <th scope="col">Made</th>
                                <th scope="col">By</th>
                                <th scope="col">Valid until</th>
                                <th scope="col">
                                    <span className="for-readers">Actions</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {data.map((token) => (
                                <tr key={token.id}>
                                    <td>{token.name}</td>
                                    <td>{token.role}</td>
                                    <td>
                                        {token.valid ? (
                                            <Badge state="valid" tone="good" />
                                        ) : (
                                            <Badge
                                                state={token.revokedAt === undefined ? 'expired' : 'revoked'}
                                                tone="quiet"
                                            />
                                        )}
                                    </td>
                                    <td>
                                        <Time at={token.createdAt} />
                                    </td>
                                    <td>{token.createdBy}</td>
                                    <td>
                                        <Time at={token.expiresAt} />
                                    </td>
                                    <td>
                                        {token.valid ? (
                                            <Button
                                                className="plain small"
                                                aria-label={`Revoke token ${token.name}`}
                                                onPress={() => setRevoked(token)}
                                            >
                                                Revoke…
                                            </Button>
                                        ) : null}
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </ScrollTable>
                )}
            </Reading>
            {making ? <MakeToken onClose={() => setMaking(false)} /> : null}
            {revoked === undefined ? null : (
                <ActionDialog
                    title={`Revoke token ${revoked.name}`}
                    verb="Revoke"
                    dangerous
                    typed={revoked.name}
                    onClose={() => setRevoked(undefined)}
                    change={change('delete', '/api/v1/tokens/{id}', { path: { id: revoked.id } })}
                >
                    <p>It opens nothing any more: here at once, at other controllers two seconds later.</p>
                </ActionDialog>
            )}
        </Panel>
    );
}

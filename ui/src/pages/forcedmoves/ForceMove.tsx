import { useState } from 'react';
import { change, word, type Change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { ActionDialog } from '../../components/ActionDialog';
import { Check, Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';
import { Percentage, percentageOf } from '../../components/Percentage';
import { Reading } from '../../components/Reading';
import { useForcedMove, type Kind } from './useForcedMove';

type ForcedMove = Schemas['ForcedMove'];
type Answered = Schemas['ChangedOfForcedMove'];

interface ForceMoveProps {
    kind: Kind;
    /** Of the site or backend whose users are moved. */
    name: string;
    /** Where they may go. */
    destinations: readonly string[];
    onClose: () => void;
}

/** Moves a percentage of the users of a site or backend elsewhere when they log in; changes it, or ends it. */
export function ForceMove(props: ForceMoveProps) {
    const current = useForcedMove(props.kind, props.name);
    return (
        <Reading query={current} what="The forced move">
            {(data) => <StartOrAlter {...props} read={data} />}
        </Reading>
    );
}

/** By how it was when the dialog was opened, so that it does not turn into another one when it has done its work. */
function StartOrAlter({ read, ...props }: ForceMoveProps & { read: ForcedMove }) {
    const [current] = useState(read);
    return current.percentage === undefined ? (
        <Start {...props} />
    ) : (
        <Alter {...props} current={current} percentage={current.percentage} />
    );
}

function started(kind: Kind, name: string, body: Schemas['NewForcedMove']): Change<Answered> {
    const id = body.id === undefined ? '' : ` --id ${word(body.id)}`;
    const command = `doveadm cluster ${kind} force-move start${id} ${word(name)} ${body.percentage} ${body.destinations.map(word).join(' ')}`;
    return kind === 'site'
        ? change('post', '/api/v1/sites/{site}/force-move', { path: { site: name }, body, command })
        : change('post', '/api/v1/backends/{host}/force-move', { path: { host: name }, body, command });
}

function altered(kind: Kind, name: string, percentage: number): Change<Answered> {
    const command = `doveadm cluster ${kind} force-move update ${word(name)} ${percentage}`;
    const body = { percentage };
    return kind === 'site'
        ? change('patch', '/api/v1/sites/{site}/force-move', { path: { site: name }, body, command })
        : change('patch', '/api/v1/backends/{host}/force-move', { path: { host: name }, body, command });
}

function ended(kind: Kind, name: string): Change<Answered> {
    const command = `doveadm cluster ${kind} force-move stop ${word(name)}`;
    return kind === 'site'
        ? change('delete', '/api/v1/sites/{site}/force-move', { path: { site: name }, command })
        : change('delete', '/api/v1/backends/{host}/force-move', { path: { host: name }, command });
}

function Start({ kind, name, destinations, onClose }: ForceMoveProps) {
    const [text, setText] = useState('10');
    const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
    const [id, setId] = useState('');
    const percentage = percentageOf(text);
    const going = destinations.filter((each) => chosen.has(each));
    return (
        <ActionDialog
            title={`Move users of ${name} when they log in`}
            verb="Start"
            dangerous
            onClose={onClose}
            change={
                percentage === undefined || going.length === 0
                    ? undefined
                    : started(kind, name, {
                          percentage,
                          destinations: going,
                          ...(id.trim() === '' ? {} : { id: id.trim() }),
                      })
            }
        >
            <p>
                They leave for good, as when they are moved one by one; the other sessions of such a user end first.
                Nobody is moved who does not log in. Another status of the {kind} ends it.
            </p>
            <Percentage
                value={text}
                onChange={setText}
                hint="Always the same users: a higher number later adds some."
            />
            {destinations.length === 0 ? (
                <Note tone="warn">
                    {kind === 'site'
                        ? 'No other site that is online, of the same tag and with a load balancer could take them.'
                        : 'No other backend of the site is online with a load factor.'}
                </Note>
            ) : (
                <fieldset className="checks">
                    <legend>Where they go</legend>
                    {destinations.map((each) => (
                        <Check
                            key={each}
                            label={each}
                            isChosen={chosen.has(each)}
                            onChange={(isChosen) =>
                                setChosen(
                                    new Set(destinations.filter((one) => (one === each ? isChosen : chosen.has(one)))),
                                )
                            }
                        />
                    ))}
                </fieldset>
            )}
            <TextEntry
                label="ID (special cases only)"
                value={id}
                onChange={setId}
                hint="Chooses which users: the same ones as another forced move with this ID. Otherwise it is made up."
            />
        </ActionDialog>
    );
}

function Alter({
    kind,
    name,
    current,
    percentage,
    onClose,
}: ForceMoveProps & { current: ForcedMove; percentage: number }) {
    const [what, setWhat] = useState('more');
    const [text, setText] = useState(String(percentage));
    const wanted = percentageOf(text);
    return (
        <ActionDialog
            title={`Users of ${name} who are moved when they log in`}
            verb={what === 'end' ? 'End it' : 'Change'}
            onClose={onClose}
            change={
                what === 'end'
                    ? ended(kind, name)
                    : wanted === undefined || wanted === percentage
                      ? undefined
                      : altered(kind, name, wanted)
            }
        >
            <p>
                {percentage} of a hundred go to {current.destinations.join(', ')}. Those who were moved stay where they
                are, whatever is set now.
            </p>
            <Choice
                label="What to do"
                value={what}
                onChange={setWhat}
                options={[
                    ['more', 'change how many'],
                    ['end', 'end it: nobody else is moved'],
                ]}
            />
            {what === 'end' ? null : (
                <Percentage
                    value={text}
                    onChange={setText}
                    hint="A higher number adds users; a lower one brings nobody back."
                />
            )}
        </ActionDialog>
    );
}

import { useState } from 'react';
import { Button } from 'react-aria-components';
import { curl, type Change } from '../api/change';

function Line({ name, text, copied }: { name: string; text: string; copied?: string }) {
    const [done, setDone] = useState(false);
    const copy = () => {
        void navigator.clipboard.writeText(copied ?? text).then(() => {
            setDone(true);
            setTimeout(() => setDone(false), 1500);
        });
    };
    return (
        <div className="command">
            <span className="command-name">{name}</span>
            <code>{text}</code>
            <Button className="plain small" aria-label={`Copy the ${name} line`} onPress={copy}>
                {done ? 'Copied' : 'Copy'}
            </Button>
        </div>
    );
}

/** What an action is in other words: the request that is sent, and the command that does the same. */
export function Command({ change }: { change: Change<unknown> }) {
    const body = change.body === undefined ? '' : ` ${JSON.stringify(change.body)}`;
    return (
        <div className="commands" aria-label="The same in other words" role="group">
            <Line name="REST" text={`${change.method} ${change.path}${body}`} copied={curl(change)} />
            {change.command === undefined ? (
                <div className="command">
                    <span className="command-name">CLI</span>
                    <span className="quiet">no command does this</span>
                </div>
            ) : (
                <Line name="CLI" text={change.command} />
            )}
        </div>
    );
}

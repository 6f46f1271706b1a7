import { useHealth } from '../api/queries';
import type { LiveState } from '../live/events';
import { Note } from '../components/Note';

/** What is missing, and what that means for what is seen; nothing while all is there. */
export function Degraded({ live }: { live: LiveState }) {
    const health = useHealth();
    const missing: [string, string][] = [];
    if (health.error !== null) {
        missing.push([
            'The controller does not answer',
            'What is shown is what it said last. Mail flows without it. This page goes on trying.',
        ]);
    } else if (live === 'away') {
        missing.push([
            'No live updates',
            'The stream of changes is interrupted; lists are read again every few seconds until it is back.',
        ]);
    }
    if (health.data?.geoDb === 'away') {
        missing.push([
            'GeoDB does not answer',
            'What is shown is what was read last, and nothing can be changed. Nodes go on with what they know; docs/ownership.md says for how long.',
        ]);
    }
    if (health.data?.geoDb === 'up' && health.data.leader === 'missing') {
        missing.push([
            'No controller acts for this site',
            'Nothing is decided by itself. Another takes over within seconds; if none does, start one with the role scheduler.',
        ]);
    }
    if (health.data?.prometheus === 'away') {
        missing.push([
            'Prometheus does not answer',
            'Load balancing goes by what the nodes themselves report until it is back.',
        ]);
    }
    if (health.data?.tasks === 'away') {
        missing.push([
            'The task queues (Redis) cannot be reached',
            'What the controller does by itself is not begun. This page and the API work.',
        ]);
    }
    if (health.data?.tasks === 'idle') {
        missing.push([
            'A task queue has no worker',
            'Its tasks wait. Start a controller with the role worker-high or worker-low.',
        ]);
    }
    if (health.data?.issuer === 'away') {
        missing.push([
            'The OpenID Connect issuer does not answer',
            'Nobody can log in through it. Who is logged in stays so, and tokens of Pombal work.',
        ]);
    }
    return (
        <div aria-live="polite">
            {missing.map(([title, text]) => (
                <Note key={title} tone="warn" title={title}>
                    {text}
                </Note>
            ))}
        </div>
    );
}

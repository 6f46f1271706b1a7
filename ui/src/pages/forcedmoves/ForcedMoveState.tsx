import { useForcedMove, type Kind } from './useForcedMove';

/** Which of the users of a site or backend are moved when they log in, in words. */
export function ForcedMoveState({ kind, name }: { kind: Kind; name: string }) {
    const { data } = useForcedMove(kind, name);
    return data?.percentage === undefined ? (
        <span className="quiet">{data === undefined ? '' : 'nobody'}</span>
    ) : (
        `${data.percentage} % go to ${data.destinations.join(', ')}`
    );
}

interface BarProps {
    /** 0 to 1. */
    part: number;
    /** Where it is to be, 0 to 1. */
    target?: number;
    label: string;
    tone?: 'accent' | 'warn' | 'good';
}

/** A part of a whole, with a mark where it is to be. */
export function Bar({ part, target, label, tone = 'accent' }: BarProps) {
    const at = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;
    return (
        <span className="bar" role="img" aria-label={label} title={label}>
            <span className={`bar-part ${tone}`} style={{ width: at(part) }} />
            {target === undefined ? null : <span className="bar-target" style={{ left: at(target) }} />}
        </span>
    );
}

/** Why the controller did not do what it was asked for, as it says itself (RFC 9457). */
export class ApiProblem extends Error {
    /** Of the answer; 0 if there was none. */
    readonly status: number;

    constructor(status: number, detail: string) {
        super(detail);
        this.name = 'ApiProblem';
        this.status = status;
    }

    static of(status: number, body: unknown): ApiProblem {
        const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
        return new ApiProblem(
            status,
            typeof detail === 'string' ? detail : `the controller answered with status ${status}`,
        );
    }

    static unreachable(failure: unknown): ApiProblem {
        const reason = failure instanceof Error ? failure.message : String(failure);
        return new ApiProblem(0, `the controller cannot be reached (${reason}); this page goes on trying`);
    }
}

export function statusOf(failure: unknown): number | undefined {
    return failure instanceof ApiProblem ? failure.status : undefined;
}

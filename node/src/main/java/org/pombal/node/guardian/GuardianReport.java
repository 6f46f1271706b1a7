package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import org.pombal.node.session.ProcessId;

/**
 * What the guardian says in the trust file. Times are nanoseconds of the {@link BootClock}, and 0 for never.
 *
 * @param since when the state was entered
 * @param trustedUntil the value that the guardian acts by; 0 if there is none
 * @param killBegan when it began to kill last
 * @param allGoneAt when none of Dovecot's processes was left, the last time that this was so
 * @param beat when the guardian last looked at the file; it does each 0.1 s
 * @param starts how often Dovecot was started since the machine was
 * @param kills how often it was killed because trust ended or a guardian died
 * @param killed processes seen to end in the last kill
 * @param stuck processes that live on 0.3 s after SIGKILL
 * @param stuckPid one of them, or 0
 * @param refused processes that the node named, but which are none of Dovecot's programs, so that they are left alone
 * @param fault why there is no trust
 * @param guardian the guardian's own process
 * @param dovecotPid Dovecot's master process; 0 if it does not run
 */
public record GuardianReport(
        GuardianState state,
        long since,
        long trustedUntil,
        long killBegan,
        long allGoneAt,
        long beat,
        long starts,
        long kills,
        int killed,
        int stuck,
        int stuckPid,
        int refused,
        TrustFault fault,
        ProcessId guardian,
        int dovecotPid) {

    public GuardianReport {
        requireNonNull(state, "state is null");
        requireNonNull(fault, "fault is null");
        requireNonNull(guardian, "guardian is null");
    }

    /**
     * Whether it proves that nothing of Dovecot is left, and that nothing will be before trust is given again. A guardian that has ended does
     * not start it any more, and the next one says that it waits before it looks for trust. One that waits proves it only if it has looked
     * at what was written last, and after that had ended: before, it may have been about to start Dovecot. It tells its beat before it looks
     * and its state after, so that with a new beat the state is what came of the look before, and the next look finds no trust.
     *
     * @param beatThen the beat that was found after the node had written last
     * @param until when the trust ends that was written then; 0 if it was withdrawn
     */
    boolean provesAllGone(long beatThen, long until) {
        return state == GuardianState.ENDED || (state == GuardianState.WAITING && beat != beatThen && beat > until);
    }
}

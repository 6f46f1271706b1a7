package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;
import static org.pombal.node.guardian.TrustLayout.high;
import static org.pombal.node.guardian.TrustLayout.low;

import java.util.Optional;
import org.pombal.node.session.ProcessId;

/** Reads the guardian's part of the trust file, while the guardian may be writing it. */
final class ReportReader {

    /** The guardian writes for some microseconds; if it was killed meanwhile, its part stays as it is until the next one is there. */
    private static final int MAX_TRIES = 1_000;

    private final BootId boot;

    ReportReader(BootId boot) {
        this.boot = requireNonNull(boot, "boot is null");
    }

    /** Empty if no guardian has written since the machine was started, or it was killed while it wrote. */
    Optional<GuardianReport> read(TrustMapping file) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long sequence = sequence(file);
            if (sequence % 2 == 0) {
                Optional<GuardianReport> report = readOnce(file);
                if (sequence(file) == sequence) {
                    return report;
                }
            }
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    /** The version of the guardian's part; empty if it has not written yet. */
    static Optional<Long> version(TrustMapping file) {
        return file.read(TrustLayout.REPORT + TrustLayout.MAGIC) == TrustLayout.REPORT_MAGIC
                ? Optional.of(low(file.read(TrustLayout.REPORT + TrustLayout.VERSION)))
                : Optional.empty();
    }

    private static long sequence(TrustMapping file) {
        return file.read(TrustLayout.REPORT + TrustLayout.SEQUENCE);
    }

    private Optional<GuardianReport> readOnce(TrustMapping file) {
        Optional<GuardianState> state =
                GuardianState.numbered(high(file.read(TrustLayout.REPORT + TrustLayout.VERSION)));
        long faultAndGuardian = file.read(TrustLayout.FAULT_AND_GUARDIAN);
        Optional<TrustFault> fault = TrustFault.numbered(low(faultAndGuardian));
        if (!isOfThisBoot(file) || state.isEmpty() || fault.isEmpty()) {
            return Optional.empty();
        }
        long killedAndStuck = file.read(TrustLayout.KILLED_AND_STUCK);
        long stuckPidAndRefused = file.read(TrustLayout.STUCK_PID_AND_REFUSED);
        return Optional.of(new GuardianReport(
                state.get(),
                file.read(TrustLayout.SINCE),
                file.read(TrustLayout.ACTS_UNTIL),
                file.read(TrustLayout.KILL_BEGAN),
                file.read(TrustLayout.ALL_GONE_AT),
                file.read(TrustLayout.BEAT),
                file.read(TrustLayout.STARTS),
                file.read(TrustLayout.KILLS),
                (int) low(killedAndStuck),
                (int) high(killedAndStuck),
                (int) low(stuckPidAndRefused),
                (int) high(stuckPidAndRefused),
                fault.get(),
                new ProcessId((int) high(faultAndGuardian), file.read(TrustLayout.GUARDIAN_START)),
                (int) low(file.read(TrustLayout.DOVECOT))));
    }

    private boolean isOfThisBoot(TrustMapping file) {
        return version(file)
                        .filter(version -> version == GuardianFolder.PROTOCOL_VERSION)
                        .isPresent()
                && file.read(TrustLayout.REPORT + TrustLayout.BOOT_ID) == TrustLayout.first(boot)
                && file.read(TrustLayout.REPORT + TrustLayout.BOOT_ID_REST) == TrustLayout.rest(boot);
    }
}

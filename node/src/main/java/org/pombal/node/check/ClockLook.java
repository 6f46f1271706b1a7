package org.pombal.node.check;

import static org.pombal.node.check.ClockCheck.State.NOT_SYNCHRONISED;
import static org.pombal.node.check.ClockCheck.State.SYNCHRONISED;
import static org.pombal.node.check.ClockCheck.State.UNKNOWN;

import java.io.IOException;
import java.util.List;

/** Asks those who know whether the clock is synchronised. */
final class ClockLook {

    private ClockLook() {}

    static ClockCheck.State look() throws InterruptedException {
        String systemd = output("timedatectl", "show", "-p", "NTPSynchronized");
        if (systemd.contains("NTPSynchronized=yes")) {
            return SYNCHRONISED;
        }
        String chrony = output("chronyc", "-n", "tracking");
        if (chrony.contains("Leap status")) {
            return chrony.contains("Not synchronised") ? NOT_SYNCHRONISED : SYNCHRONISED;
        }
        return systemd.contains("NTPSynchronized=no") ? NOT_SYNCHRONISED : UNKNOWN;
    }

    private static String output(String... command) throws InterruptedException {
        try {
            ShortCommand.Result result = ShortCommand.run(List.of(command));
            return result.exitCode() == 0 ? result.output() : "";
        } catch (IOException e) {
            return "";
        }
    }
}

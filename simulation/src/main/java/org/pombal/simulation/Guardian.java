package org.pombal.simulation;

/**
 * Kills Dovecot when trust ends, whatever the node does. If the guardian itself dies, the kernel kills Dovecot (each process of it has
 * asked for that), and the guardian that is started next finds until when trust lasts in its file.
 */
final class Guardian {

    /** The slowest process is gone a little before the allowance of half a second ends. */
    private static final int SLOWEST_KILL = 450;

    private final Host host;
    private boolean up = true;
    private boolean killing;
    private long trustedUntil = Long.MIN_VALUE;

    Guardian(Host host) {
        this.host = host;
    }

    void trust(long until) {
        trustedUntil = until;
        host.site().events().at(host.clock().trueTime(until), this::check);
    }

    /** From now on there is no trust, whatever was said before. */
    void withdraw(String why) {
        trustedUntil = Long.MIN_VALUE;
        kill(why);
    }

    /** Whether Dovecot runs and lets anybody in. */
    boolean letsServe() {
        return up && !killing && host.clock().now() < trustedUntil;
    }

    /** The machine has started anew. */
    void forget() {
        trustedUntil = Long.MIN_VALUE;
    }

    private void check() {
        if (!up) {
            return;
        }
        if (host.isFrozen()) {
            host.whenThawed(this::check);
        } else if (host.clock().now() >= trustedUntil && !host.processes().isEmpty() && !killing) {
            kill("trust has ended");
        }
    }

    /** All processes are gone within the allowance; no new one starts before. */
    void kill(String why) {
        host.site().trace(() -> host.name() + ": guardian kills Dovecot: " + why);
        killing = true;
        for (MailProcess process : host.processes()) {
            process.dieAfter(host.site().chance().milliseconds(0, SLOWEST_KILL));
        }
        noneLeft();
    }

    /** Called when a process has gone. */
    void noneLeft() {
        if (killing && host.processes().isEmpty()) {
            killing = false;
            host.dovecotGone();
        }
    }

    /** Dovecot's master ends with it, so nobody new comes in; the sessions live on. */
    void killedWithItsWatcher() {
        up = false;
    }

    /** Ends what an earlier one left. */
    void start() {
        if (!up) {
            up = true;
            if (!host.processes().isEmpty()) {
                kill("left by the one before");
            }
        }
    }

    void crash() {
        up = false;
        kill("the guardian has died, so the kernel does");
        host.site().events().after(host.site().chance().milliseconds(200, 1_000), () -> {
            up = true;
            check();
        });
    }
}

package org.pombal.node.session;

/** The processes of this machine that serve users, as the guardian sees and ends them. */
public interface Processes {

    /**
     * Watches the process until it has ended, and sees to it that it ends when Dovecot has to. Its end is reported also when it had ended
     * before.
     *
     * @return whether that is so from now on; if not, the process must not be let in
     */
    boolean take(ProcessId process);

    /** Asks the process to end, by SIGTERM. Nothing tells whether it does, but its end. */
    void terminate(ProcessId process);

    /** Ends the process by SIGKILL. Nothing tells whether it has, but its end. */
    void kill(ProcessId process);
}

package org.pombal.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.ProcessId;

class ServingProcessesTest {

    private static final UserKey ALICE = new UserKey("alice");

    private final ServingProcesses processes = new ServingProcesses();

    @Test
    void aProcessServesItsUsersUntilItIsGone() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        int pid = (int) child.pid();
        try {
            processes.add(pid, ALICE);
            processes.add(pid, new UserKey("bob"));
            processes.sweep();
            assertThat(processes.pidsOf(ALICE)).containsExactly(pid);
            assertThat(processes.processCount()).isEqualTo(1);
            assertThat(processes.userCount()).isEqualTo(2);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(processes.pidsOf(ALICE)).isEmpty();
        processes.sweep();
        assertThat(processes.processCount()).isZero();
    }

    @Test
    void aProcessThatHasEndedAlreadyIsNotCounted() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();

        processes.add((int) child.pid(), ALICE);

        assertThat(processes.processCount()).isZero();
    }

    @Test
    void aProcessIdThatWasUsedAgainIsAnotherProcess() {
        long start = ProcessId.startTicksOf((int) ProcessHandle.current().pid()).orElseThrow();

        assertThat(new ProcessId((int) ProcessHandle.current().pid(), start).isAlive())
                .isTrue();
        assertThat(new ProcessId((int) ProcessHandle.current().pid(), start - 1).isAlive())
                .isFalse();
    }
}

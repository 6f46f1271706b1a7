package org.pombal.node.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pombal.node.session.ProcessId;

class ProcessTableTest {

    private static final String REST = " 0 -1 4194560 1 0 0 0 7 8 0 0 20 0 1 0 4711 2 3 4";

    private static String stat(String name, char state) {
        return "12 (" + name + ") " + state + " 3 12 12" + REST;
    }

    @Test
    void namesMayContainSpacesAndBrackets() {
        for (String name : new String[] {"imap", "im ap", ") S 1 (", "((", "a)b"}) {
            assertThat(ProcessTable.parse(stat(name, 'S')))
                    .contains(new GuardedProcess(new ProcessId(12, 4711), 3, name));
        }
    }

    @Test
    void aZombieHasEnded() {
        assertThat(ProcessTable.parse(stat("imap", 'Z'))).isEmpty();
    }

    @Test
    void thisProcessIsFoundBelowItsParentAndAboveItsChild() throws Exception {
        int self = (int) ProcessHandle.current().pid();
        int parent = (int) ProcessHandle.current().parent().orElseThrow().pid();
        Process child = new ProcessBuilder("sh", "-c", "read line").start();
        try {
            int pid = (int) child.pid();
            assertThat(ProcessTable.find(pid).orElseThrow().id().startTicks())
                    .isEqualTo(ProcessId.startTicksOf(pid).orElseThrow());
            assertThat(ProcessTable.childrenOf(self))
                    .anyMatch(process -> process.id().pid() == pid);
            assertThat(ProcessTable.isBelow(pid, self)).isTrue();
            assertThat(ProcessTable.isBelow(pid, parent)).isTrue();
            assertThat(ProcessTable.isBelow(self, pid)).isFalse();
            assertThat(ProcessTable.isBelow(self, self)).isFalse();
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(ProcessTable.find((int) child.pid())).isEmpty();
    }
}

package org.pombal.node.guardian;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pombal.node.session.ProcessId;

/** The slots of the trust file for processes that the guardian is to kill too, though they are not below it. */
final class OtherProcesses {

    private final Map<ProcessId, Integer> slots = new LinkedHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** Takes over what an earlier process of this node has named, as far as it lives; the rest is emptied. */
    OtherProcesses(TrustMapping file) {
        for (int slot = 0; slot < TrustLayout.MAX_OTHERS; slot++) {
            long pid = TrustLayout.low(file.read(offset(slot)));
            ProcessId process = new ProcessId((int) pid, file.read(offset(slot) + TrustLayout.OTHER_START));
            if (pid != 0 && process.isAlive() && slots.putIfAbsent(process, slot) == null) {
                continue;
            }
            file.write(offset(slot), 0);
            free.add(slot);
        }
    }

    /** @return false if all slots are taken */
    boolean add(TrustMapping file, ProcessId process) {
        if (slots.containsKey(process)) {
            return true;
        }
        Integer slot = free.poll();
        if (slot == null) {
            return false;
        }
        slots.put(process, slot);
        fill(file, slot, process);
        return true;
    }

    /** @param usable false if the file cannot be written; it is written anew then before it counts */
    void remove(TrustMapping file, boolean usable, ProcessId process) {
        Integer slot = slots.remove(process);
        if (slot != null) {
            free.add(slot);
            if (usable) {
                file.write(offset(slot), 0);
            }
        }
    }

    Set<ProcessId> all() {
        return Set.copyOf(slots.keySet());
    }

    /** After the file was emptied or replaced. */
    void writeAll(TrustMapping file) {
        slots.forEach((process, slot) -> fill(file, slot, process));
    }

    private static void fill(TrustMapping file, int slot, ProcessId process) {
        file.write(offset(slot) + TrustLayout.OTHER_START, process.startTicks());
        file.write(offset(slot), process.pid());
    }

    private static int offset(int slot) {
        return TrustLayout.OTHERS + slot * TrustLayout.OTHER_SIZE;
    }
}

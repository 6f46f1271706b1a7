package org.pombal.node.guardian;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pombal.node.session.ProcessId;

/** Processes whose end somebody waits for. They outlive the connections on which they are asked for. Confined to the event loop. */
final class Watches {

    private final Map<ProcessId, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    private final Map<Integer, ProcessId> asked = new HashMap<>();

    /** @return whether it is the first for the process, so that the guardian is to be asked */
    boolean add(ProcessId process, CompletableFuture<Void> end) {
        @Nullable CompletableFuture<Void> known = ends.putIfAbsent(process, end);
        if (known != null) {
            known.whenComplete((done, failure) -> {
                if (failure == null) {
                    end.complete(null);
                } else {
                    end.completeExceptionally(failure);
                }
            });
        }
        return known == null;
    }

    boolean isWanted(ProcessId process) {
        return ends.containsKey(process);
    }

    /** Those to be asked for on a new connection. */
    Set<ProcessId> all() {
        return Set.copyOf(ends.keySet());
    }

    void asked(int id, ProcessId process) {
        asked.put(id, process);
    }

    /** The process that the answer to this request is about; null if it was no watch. Comes once. */
    @Nullable
    ProcessId answered(int id) {
        return asked.remove(id);
    }

    void gone(ProcessId process) {
        CompletableFuture<Void> end = ends.remove(process);
        if (end != null) {
            end.complete(null);
        }
    }

    /** The connection is lost: nothing that was asked on it will be answered. */
    void forgetAsked() {
        asked.clear();
    }

    void failAll(String reason) {
        List<CompletableFuture<Void>> all = List.copyOf(ends.values());
        ends.clear();
        all.forEach(end -> end.completeExceptionally(new GuardianException(reason)));
    }
}

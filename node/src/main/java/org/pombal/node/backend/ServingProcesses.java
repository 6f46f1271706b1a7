package org.pombal.node.backend;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.pombal.model.user.UserKey;
import org.pombal.node.session.ProcessId;

/**
 * Which processes may have which users' mailboxes open. A process that was given a user is counted until it is seen gone:
 * it may serve several, one after the other, and nothing tells when it has finished with one.
 */
final class ServingProcesses {

    private final Map<ProcessId, Set<UserKey>> users = new ConcurrentHashMap<>();

    /** The process is about to be told about the user. Does nothing if it has ended already. */
    void add(int pid, UserKey user) {
        OptionalLong start = ProcessId.startTicksOf(pid);
        if (start.isPresent()) {
            users.compute(new ProcessId(pid, start.getAsLong()), (process, known) -> {
                Set<UserKey> all = known == null ? ConcurrentHashMap.newKeySet() : known;
                all.add(user);
                return all;
            });
        }
    }

    /** Forgets those that have ended. */
    void sweep() {
        users.keySet().removeIf(process -> !process.isAlive());
    }

    /** The processes that may have this user's mailbox open. */
    Set<Integer> pidsOf(UserKey user) {
        Set<Integer> pids = new TreeSet<>();
        users.forEach((process, served) -> {
            if (served.contains(user) && process.isAlive()) {
                pids.add(process.pid());
            }
        });
        return pids;
    }

    int processCount() {
        return users.size();
    }

    /** Users that at least one process may serve. */
    long userCount() {
        return users.values().stream().flatMap(Set::stream).distinct().count();
    }
}

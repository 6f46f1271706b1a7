package org.pombal.node.session;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pombal.dovecot.auth.LoginReference;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.Sessions;
import org.pombal.model.user.UserKey;

/**
 * Who is served here: logins that were let in, from then on; sessions, from before the process is told about the user until it is seen
 * gone. A process may serve several users, one after the other, and nothing tells when it has finished with one, so it counts for all of
 * them. What begins is written down before it begins, so that the next process of this node knows whose the processes are.
 */
public final class SessionBook implements Sessions {

    /** Auth forgets an accepted login after 150 s ({@code AUTH_REQUEST_TIMEOUT_SECS} in Dovecot's source). */
    static final Duration LIFETIME_OF_LOGINS = Duration.ofSeconds(160);

    private record Pending(UserKey user, Optional<GroupId> group, long since) {}

    private final SessionJournal journal;
    private final Processes processes;
    private final Map<ProcessId, Map<UserKey, Optional<GroupId>>> served = new HashMap<>();
    private final Map<UserKey, Set<ProcessId>> byUser = new HashMap<>();
    private final Map<GroupId, Map<UserKey, Integer>> byGroup = new HashMap<>();
    private final Map<LoginReference, Pending> pending = new LinkedHashMap<>();
    private final Set<ProcessId> older = new LinkedHashSet<>();

    /** @param journal has been read already, by {@link #resume} */
    public SessionBook(SessionJournal journal, Processes processes) {
        this.journal = requireNonNull(journal, "journal is null");
        this.processes = requireNonNull(processes, "processes is null");
    }

    /** Takes over what an earlier process of this node has written down, and watches all of it. */
    public void resume(List<SessionJournal.Entry> entries) {
        for (SessionJournal.Entry entry : entries) {
            entry.user()
                    .ifPresentOrElse(
                            user -> count(entry.process(), user, entry.group()), () -> older.add(entry.process()));
        }
        Set<ProcessId> all = new HashSet<>(served.keySet());
        all.addAll(older);
        all.forEach(processes::take);
    }

    /**
     * A process that was there before this node counted, and of which nobody knows the user.
     *
     * @throws IOException if that cannot be written down
     */
    public void foundOlder(ProcessId process) throws IOException {
        if (!served.containsKey(process) && older.add(process)) {
            journal.older(process);
            processes.take(process);
        }
    }

    /** A login was let in; a mail process will ask about it, or nobody. */
    public void letIn(long now, LoginReference login, UserKey user, Optional<GroupId> group) {
        pending.put(login, new Pending(user, group, now));
    }

    /** A mail process asks about a login; whatever comes of it, it is not pending any more. */
    public void asked(LoginReference login) {
        pending.remove(login);
    }

    /** Logins of the group that no process has asked about are not expected to become sessions any more. */
    public void revokePending(GroupId group) {
        pending.values().removeIf(login -> login.group().filter(group::equals).isPresent());
    }

    /**
     * A process is about to be told about the user.
     *
     * @param group empty for users who are pinned to this backend, whom no move concerns
     * @return false if the process cannot be watched; then it must not be told
     * @throws IOException if it cannot be written down; then neither
     */
    public boolean begin(ProcessId process, UserKey user, Optional<GroupId> group) throws IOException {
        Map<UserKey, Optional<GroupId>> known = served.get(process);
        if (known != null && group.equals(known.get(user))) {
            return true;
        }
        journal.begin(process, user, group);
        count(process, user, group);
        // Not older any more, but if it served somebody before, nobody knows whom: it stays what it was.
        return known != null || processes.take(process);
    }

    private void count(ProcessId process, UserKey user, Optional<GroupId> group) {
        Map<UserKey, Optional<GroupId>> users = served.computeIfAbsent(process, none -> new HashMap<>());
        Optional<GroupId> before = users.put(user, group);
        if (before == null) {
            byUser.computeIfAbsent(user, none -> new HashSet<>()).add(process);
        } else {
            before.ifPresent(old -> uncount(old, user));
        }
        group.ifPresent(
                its -> byGroup.computeIfAbsent(its, none -> new HashMap<>()).merge(user, 1, Integer::sum));
    }

    private void uncount(GroupId group, UserKey user) {
        Map<UserKey, Integer> users = byGroup.getOrDefault(group, new HashMap<>());
        users.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
        if (users.isEmpty()) {
            byGroup.remove(group);
        }
    }

    /**
     * The process was seen gone.
     *
     * @return the groups whose users have a session less
     */
    public Set<GroupId> gone(ProcessId process) {
        journal.gone(process);
        boolean wasOlder = older.remove(process);
        Map<UserKey, Optional<GroupId>> users = served.remove(process);
        if (users == null && !wasOlder) {
            return Set.of();
        }
        Set<GroupId> groups = new HashSet<>();
        if (users != null) {
            users.forEach((user, group) -> {
                Set<ProcessId> left = requireNonNull(byUser.get(user));
                left.remove(process);
                if (left.isEmpty()) {
                    byUser.remove(user);
                }
                group.ifPresent(its -> {
                    groups.add(its);
                    uncount(its, user);
                });
            });
        }
        return groups;
    }

    /** Forgets logins that auth has forgotten too. */
    public void sweep(long now) {
        Iterator<Pending> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext() && now - oldestFirst.next().since() > LIFETIME_OF_LOGINS.toNanos()) {
            oldestFirst.remove();
        }
    }

    @Override
    public Set<UserKey> usersWithSession(GroupId group) {
        return Set.copyOf(byGroup.getOrDefault(group, Map.of()).keySet());
    }

    @Override
    public boolean hasSession(UserKey user) {
        return byUser.containsKey(user);
    }

    @Override
    public Set<UserKey> usersWithPendingLogin(GroupId group) {
        Set<UserKey> users = new HashSet<>();
        for (Pending login : pending.values()) {
            if (login.group().filter(group::equals).isPresent()) {
                users.add(login.user());
            }
        }
        return users;
    }

    @Override
    public boolean hasPendingLogin(UserKey user) {
        return pending.values().stream().anyMatch(login -> login.user().equals(user));
    }

    @Override
    public boolean hasOlderProcesses() {
        return !older.isEmpty();
    }

    public Set<ProcessId> processesOf(UserKey user) {
        return Set.copyOf(byUser.getOrDefault(user, Collections.emptySet()));
    }

    public Set<ProcessId> olderProcesses() {
        return Set.copyOf(older);
    }

    public int processCount() {
        return served.size() + older.size();
    }

    public int userCount() {
        return byUser.size();
    }

    public int pendingCount() {
        return pending.size();
    }

    /** Groups of which users have sessions, with the number of the processes. */
    public Map<GroupId, Integer> sessionsByGroup() {
        Map<GroupId, Integer> counts = new HashMap<>();
        byGroup.forEach((group, users) -> counts.put(
                group, users.values().stream().mapToInt(Integer::intValue).sum()));
        return counts;
    }

    /** Groups of which users have sessions, with the number of these users. */
    public Map<GroupId, Integer> usersByGroup() {
        Map<GroupId, Integer> counts = new HashMap<>();
        byGroup.forEach((group, users) -> counts.put(group, users.size()));
        return counts;
    }
}

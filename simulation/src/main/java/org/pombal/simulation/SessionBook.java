package org.pombal.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.Sessions;
import org.pombal.model.user.UserKey;

/** What a node counts: pending logins, sessions, and processes from before its time. */
final class SessionBook implements Sessions {

    private final List<MailProcess> counted = new ArrayList<>();
    private final Set<MailProcess> older = new LinkedHashSet<>();
    private final Quirks quirks;

    SessionBook(Quirks quirks) {
        this.quirks = quirks;
    }

    void add(MailProcess process) {
        counted.add(process);
    }

    void addOlder(MailProcess process) {
        older.add(process);
    }

    void gone(MailProcess process) {
        counted.remove(process);
        older.remove(process);
    }

    /** A login becomes a session; perhaps one that a predecessor of this node let in. */
    void begin(MailProcess process) {
        if (older.remove(process) || !counted.contains(process)) {
            counted.add(process);
        }
    }

    private boolean isSeen(MailProcess process) {
        return process.isSession() && quirks.counts(process);
    }

    @Override
    public Set<UserKey> usersWithSession(GroupId group) {
        return users(group, true);
    }

    @Override
    public Set<UserKey> usersWithPendingLogin(GroupId group) {
        return users(group, false);
    }

    private Set<UserKey> users(GroupId group, boolean session) {
        Set<UserKey> users = new TreeSet<>();
        for (MailProcess process : counted) {
            if (process.isOf(group) && (session ? isSeen(process) : !process.isSession())) {
                users.add(process.user());
            }
        }
        return users;
    }

    @Override
    public boolean hasSession(UserKey user) {
        for (MailProcess process : counted) {
            if (isSeen(process) && process.user().equals(user)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean hasPendingLogin(UserKey user) {
        for (MailProcess process : counted) {
            if (!process.isSession() && process.user().equals(user)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean hasOlderProcesses() {
        return quirks.countsOlder() && !older.isEmpty();
    }
}

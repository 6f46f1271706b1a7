package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.geodb.memory.InMemoryCluster.Member;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.User;
import org.pombal.model.user.UserKey;

final class MemoryUsers implements Users {

    private final InMemoryCluster store;
    private final Requests requests;
    private final InstantSource clock;
    private final Announcing announcing;

    MemoryUsers(InMemoryCluster store, Requests requests, InstantSource clock, Announcing announcing) {
        this.announcing = announcing;
        this.store = store;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Optional<User>> find(UserKey key, ReadLevel level) {
        return requests.read("reading user " + key, () -> store.users.get(key, level));
    }

    @Override
    public CompletionStage<Cas<User>> createIfAbsent(User user) {
        String what = "adding user " + user.key();
        long timestamp = Microseconds.of(clock.instant());
        Member member = new Member(user.home(), user.key().value());
        return requests.write(what, () -> store.members.put(member, true, timestamp))
                .thenCompose(written -> requests.compareAndSet(
                        what,
                        attempt -> Updates.add(
                                store.users.get(user.key(), ReadLevel.SERIAL),
                                user,
                                row -> store.users.put(row.key(), row, attempt.commits()))));
    }

    @Override
    public CompletionStage<Cas<User>> update(User user) {
        String what = "updating user " + user.key();
        long timestamp = Microseconds.of(clock.instant());
        Member member = new Member(user.home(), user.key().value());
        User next = user.atVersion(user.version() + 1);
        CompletionStage<Cas<User>> updated = requests.write(what, () -> store.members.put(member, true, timestamp))
                .thenCompose(written -> requests.compareAndSet(
                        what,
                        attempt -> Updates.replace(
                                store.users.get(user.key(), ReadLevel.SERIAL),
                                next,
                                User::version,
                                attempt,
                                row -> store.users.put(row.key(), row, attempt.commits()))));
        return announcing.after(updated, new Change.UserChanged(user.key()));
    }

    @Override
    public CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize) {
        Pages.requireSize(pageSize);
        Member after = new Member(group, Pages.after(from));
        return requests.read(
                "listing users of group " + group,
                () -> Pages.of(names(after), pageSize, name -> store.users
                        .get(new UserKey(name), ReadLevel.QUORUM)
                        .filter(user -> user.home().equals(group))));
    }

    private Stream<String> names(Member after) {
        return store.members
                .keysFrom(after, false)
                .takeWhile(member -> member.group().equals(after.group()))
                .map(Member::user);
    }
}

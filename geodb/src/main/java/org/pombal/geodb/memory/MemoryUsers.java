package org.pombal.geodb.memory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pombal.geodb.Announcing;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Change;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.Users;
import org.pombal.geodb.memory.InMemoryCluster.Member;
import org.pombal.geodb.memory.Requests.Attempt;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
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
        return requests.read("reading user " + key, () -> Kept.present(store.users.get(key, level)));
    }

    @Override
    public CompletionStage<Cas<User>> createIfAbsent(User user) {
        String what = "adding user " + user.key();
        return indexed(what, user)
                .thenCompose(written -> requests.compareAndSet(what, attempt -> {
                    Optional<Kept<User>> standing = standing(user);
                    return Updates.add(
                            standing,
                            user,
                            User::version,
                            // Only one that comes back gets another version.
                            version -> Kept.present(standing).isPresent() ? user : user.atVersion(version),
                            row -> put(row, attempt));
                }));
    }

    @Override
    public CompletionStage<Cas<User>> update(User user) {
        String what = "updating user " + user.key();
        return indexed(what, user).thenCompose(written -> replace(what, Kept.of(user.atVersion(user.version() + 1))));
    }

    @Override
    public CompletionStage<Cas<User>> retire(User user) {
        return replace("retiring user " + user.key(), new Kept<>(user.atVersion(user.version() + 1), true));
    }

    private CompletionStage<Void> indexed(String what, User user) {
        long timestamp = Microseconds.of(clock.instant());
        Member member = new Member(user.home(), user.key().value());
        return requests.write(what, () -> store.members.put(member, true, timestamp));
    }

    private CompletionStage<Cas<User>> replace(String what, Kept<User> next) {
        CompletionStage<Cas<User>> replaced = requests.compareAndSet(
                what,
                attempt ->
                        Updates.replace(standing(next.row()), next, User::version, attempt, row -> put(row, attempt)));
        return announcing.after(replaced, new Change.UserChanged(next.row().key()));
    }

    private Optional<Kept<User>> standing(User user) {
        return store.users.get(user.key(), ReadLevel.SERIAL);
    }

    private void put(Kept<User> row, Attempt attempt) {
        store.users.put(row.row().key(), row, attempt.commits());
    }

    @Override
    public CompletionStage<Page<User>> list(Optional<PageToken> from, int pageSize) {
        Pages.requireSize(pageSize);
        String after = Pages.after(from);
        return requests.read(
                "listing users",
                () -> Pages.of(
                        store.users.scan().stream()
                                .map(kept -> kept.row().key().value())
                                .filter(name -> name.compareTo(after) > 0),
                        pageSize,
                        name -> Kept.present(store.users.get(new UserKey(name), ReadLevel.QUORUM))));
    }

    @Override
    public CompletionStage<Page<User>> inGroup(GroupId group, Optional<PageToken> from, int pageSize) {
        return named(group, from, pageSize, user -> user.home().equals(group));
    }

    @Override
    public CompletionStage<Page<User>> awayFrom(GroupId group, Optional<PageToken> from, int pageSize) {
        return named(group, from, pageSize, user -> user.origin().equals(Optional.of(group)));
    }

    private CompletionStage<Page<User>> named(
            GroupId group, Optional<PageToken> from, int pageSize, Predicate<User> wanted) {
        Pages.requireSize(pageSize);
        Member after = new Member(group, Pages.after(from));
        return requests.read(
                "listing users of group " + group,
                () -> Pages.of(names(after), pageSize, name -> Kept.present(
                                store.users.get(new UserKey(name), ReadLevel.QUORUM))
                        .filter(wanted)));
    }

    private Stream<String> names(Member after) {
        return store.members
                .keysFrom(after, false)
                .takeWhile(member -> member.group().equals(after.group()))
                .map(Member::user);
    }
}

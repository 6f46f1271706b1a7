package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.pombal.demo.site.MailSite;
import org.pombal.dovecot.config.Account;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.user.UserKey;

/** Several users log in by every protocol; then GeoDB's word is compared with what the backends' own logs say. */
public final class Tour {

    private static final int PATIENCE_SECONDS = 20;

    private final MailSite site;
    private final List<Visit> visits = new ArrayList<>();

    public Tour(MailSite site) {
        this.site = requireNonNull(site, "site is null");
    }

    /**
     * Runs the tour and prints its table.
     *
     * @param check is run before each user's visit; what it throws ends the tour
     * @return whether every user was served over every protocol by GeoDB's backend and by no other
     */
    public boolean run(Consumer<String> out, Runnable check) {
        visits.clear();
        try (GeoDb geoDb = CassandraGeoDb.connect(site.plan().geoDb())) {
            for (Account account : site.plan().proxyAccounts()) {
                check.run();
                Visitor visitor = new Visitor(site, account);
                List<String> problems = visitor.use();
                visits.add(visit(geoDb, account.name(), visitor, problems));
            }
        }
        new VisitTable(visits).lines().forEach(out);
        visits.forEach(visit -> visit.problems().forEach(problem -> out.accept(visit.user() + ": " + problem)));
        return visits.stream().allMatch(Visit::isTrue);
    }

    /**
     * Commands to try, about the first of the users. Only after {@link #run} has gone well.
     *
     * @param program what is typed to run Pombal
     */
    public CommandTour commands(String program) {
        Visit first = visits.get(0);
        List<String> hosts = IntStream.rangeClosed(1, site.plan().backends())
                .mapToObj(number -> site.plan().backendHost(number))
                .toList();
        Predicate<String> servesTheUser = host -> host.startsWith(first.backend() + ".");
        return new CommandTour(
                site,
                program,
                first.user(),
                new CommandTour.Whereabouts(
                        site.plan().name(),
                        first.group(),
                        hosts.stream().filter(servesTheUser).findFirst().orElseThrow(),
                        hosts.stream()
                                .filter(servesTheUser.negate())
                                .findFirst()
                                .orElseThrow()));
    }

    private Visit visit(GeoDb geoDb, String name, Visitor visitor, List<String> problems) {
        GroupId home = await(geoDb.users().find(new UserKey(name), ReadLevel.QUORUM))
                .map(User::home)
                .orElse(null);
        if (home == null) {
            return new Visit(name, "-", "-", visitor.served(), problems);
        }
        String owner = await(geoDb.groups().find(home, ReadLevel.QUORUM))
                .map(group -> nameOf(geoDb, group))
                .orElse("-");
        return new Visit(name, home.name(), owner, visitor.served(), problems);
    }

    private static String nameOf(GeoDb geoDb, UserGroup group) {
        Function<Backend, String> shortName = backend -> backend.host().value().replaceFirst("\\..*", "");
        return await(geoDb.backends().list(group.id().site())).stream()
                .filter(backend -> backend.id().equals(group.backend()))
                .map(shortName)
                .findFirst()
                .orElse("-");
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("GeoDB did not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking GeoDB", e);
        }
    }
}

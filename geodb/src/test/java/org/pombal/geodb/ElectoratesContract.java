package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;

/** What every {@link Electorates} does. */
public interface ElectoratesContract extends GeoDbFixture {

    private Electorates electorates() {
        return geoDb().electorates();
    }

    private static Electorate first() {
        return Electorate.first(
                SiteId.random(), new TreeSet<>(List.of(new VoterId("backend/a"), new VoterId("proxy/b"))));
    }

    @Test
    default void eachVersionOfAnElectorateIsKeptWhole() {
        Electorate first = first();
        Electorate second = first.toggled(new VoterId("proxy/c"));
        Electorate empty = second.toggled(new VoterId("backend/a"))
                .toggled(new VoterId("proxy/b"))
                .toggled(new VoterId("proxy/c"));
        Electorate none = new Electorate(empty.site(), empty.members(), 3);
        assertThat(result(electorates().find(first.site(), ReadLevel.SERIAL))).isEmpty();

        for (Electorate next : List.of(first, second, none)) {
            assertThat(result(electorates().update(next))).isEqualTo(new Cas.Applied<>(next));
            assertThat(result(another().electorates().find(first.site(), ReadLevel.QUORUM)))
                    .contains(next);
            assertThat(result(another().electorates().find(first.site(), ReadLevel.SERIAL)))
                    .contains(next);
        }
    }

    @Test
    default void theFirstElectorateOfASiteIsAddedOnce() {
        Electorate first = first();
        result(electorates().update(first));
        Electorate other = Electorate.first(first.site(), new TreeSet<>(List.of(new VoterId("proxy/z"))));

        assertThat(result(another().electorates().update(other))).isEqualTo(new Cas.Lost<>(Optional.of(first)));
    }

    @Test
    default void ofManyThatChangeOneVersionOneWins() throws Exception {
        Electorate first = first();
        result(electorates().update(first));
        List<Electorate> wanted = IntStream.range(0, 8)
                .mapToObj(number -> first.toggled(new VoterId("proxy/" + number)))
                .toList();

        Electorate winner = Creators.oneWinner(
                wanted.size(),
                i -> (i % 2 == 0 ? geoDb() : another()).electorates().update(wanted.get(i)));

        assertThat(wanted).contains(winner);
    }

    @Test
    default void aChangeWhoseAnswerOrRequestIsLostIsClearedUpByAskingAgain() {
        Electorate first = first();
        Electorate second = first.toggled(new VoterId("proxy/c"));
        Electorate third = second.toggled(new VoterId("proxy/d"));
        faults().loseAnswers(1);
        assertThat(result(electorates().update(first))).isEqualTo(new Cas.Applied<>(first));
        faults().loseAnswers(1);
        assertThat(result(electorates().update(second))).isEqualTo(new Cas.Applied<>(second));
        faults().loseRequests(1);
        assertThat(result(electorates().update(third))).isEqualTo(new Cas.Applied<>(third));
    }
}

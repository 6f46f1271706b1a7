package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.AutomationNotes.Note;
import org.pombal.model.site.SiteId;

/** What every {@link AutomationNotes} does. */
public interface AutomationNotesContract extends GeoDbFixture {

    private AutomationNotes notes() {
        return geoDb().automationNotes();
    }

    private Optional<Note> read(SiteId site, String name) {
        return result(another().automationNotes().find(site, name));
    }

    private Note note(String text) {
        return new Note(text, now().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    default void aNoteIsReadByOthersUntilAnotherTakesItsPlace() {
        SiteId site = SiteId.random();
        Note first = note("{\"a\": 1}");
        Note second = note("");
        assertThat(read(site, "plan")).isEmpty();

        result(another().automationNotes().write(site, "plan", first));
        assertThat(read(site, "plan")).contains(first);
        result(notes().write(site, "plan", second));

        assertThat(read(site, "plan")).contains(second);
        assertThat(read(site, "other")).isEmpty();
        assertThat(read(SiteId.random(), "plan")).isEmpty();
    }

    @Test
    default void notesAreListedByHowTheirNamesBegin() {
        SiteId site = SiteId.random();
        for (String name : List.of("a/2", "a/1", "a", "b/1")) {
            result(notes().write(site, name, note("note " + name)));
        }
        result(notes().write(SiteId.random(), "a/3", note("of another site")));

        assertThat(result(another().automationNotes().list(site, "a/"))).containsOnlyKeys("a/1", "a/2");
        assertThat(result(another().automationNotes().list(site, "c"))).isEmpty();
    }

    @Test
    default void aNoteThatIsRemovedIsGone() {
        SiteId site = SiteId.random();
        Note kept = note("kept");
        result(notes().write(site, "one", note("gone")));
        result(notes().write(site, "two", kept));

        result(notes().remove(site, "one"));

        assertThat(read(site, "one")).isEmpty();
        assertThat(read(site, "two")).contains(kept);
    }
}

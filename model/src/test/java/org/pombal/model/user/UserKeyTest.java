package org.pombal.model.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeyTest {

    @Test
    void asciiLettersAreLowerCasedAndOthersLeftAlone() {
        assertThat(new UserKey("Alice@EXAMPLE.org").value()).isEqualTo("alice@example.org");
        assertThat(new UserKey("ÄÖÜ").value()).isEqualTo("ÄÖÜ");
        assertThat(new UserKey("用户@例子.中国").value()).isEqualTo("用户@例子.中国");
    }

    @Test
    void detailsAndMasterNamesAreJustPartsOfTheName() {
        assertThat(new UserKey("alice+lists*x").value()).isEqualTo("alice+lists*x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "a\nb", "a\0b", "a\u007fb", "a\u0085b"})
    void namesThatCannotBeRoutedAreRefused(String name) {
        assertThatThrownBy(() -> new UserKey(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthIsBoundedInBytes() {
        assertThat(new UserKey("x".repeat(512)).value()).hasSize(512);
        assertThatThrownBy(() -> new UserKey("x".repeat(513))).hasMessageContaining("512 bytes");
        assertThatThrownBy(() -> new UserKey("ü".repeat(257))).hasMessageContaining("512 bytes");
        assertThatThrownBy(() -> new UserKey("x".repeat(10_000)))
                .hasMessageNotContaining("xxx")
                .hasMessageContaining("512 bytes");
    }

    @Test
    void theHashTakesWhatTheSettingSays() {
        UserKey alice = new UserKey("Alice@Example.org");

        assertThat(UsernameHash.parse("%Lu").textOf(alice)).isEqualTo("alice@example.org");
        assertThat(UsernameHash.parse("%Ld").textOf(alice)).isEqualTo("example.org");
        assertThat(UsernameHash.parse("%Ln").textOf(alice)).isEqualTo("alice");
        assertThat(UsernameHash.parse("%{user | domain | lower}").textOf(alice)).isEqualTo("example.org");
    }

    @Test
    void aUserWithoutADomainIsHashedByTheWholeName() {
        assertThat(UsernameHash.parse("%Ld").textOf(new UserKey("root"))).isEqualTo("root");
    }

    @Test
    void anotherHashIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> UsernameHash.parse("%u/%d"))
                .hasMessageContaining("'%u/%d'")
                .hasMessageContaining("%Lu");
    }
}

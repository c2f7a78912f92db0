package io.presence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialArgumentsTest {

    @Test
    void integer_ofAnArgumentThatIsLeftOut_isTheDefault() {
        TrialArguments arguments = new TrialArguments("7");
        assertThat(arguments.integer("presences", 1)).isEqualTo(7);
        assertThat(arguments.integer("seconds", 2)).isEqualTo(2);
        assertThat(arguments.rest(Integer::parseInt, List.of(3))).containsExactly(3);
    }

    @Test
    void rest_afterOthers_isWhatIsLeft() {
        TrialArguments arguments = new TrialArguments("7", "a", "b");
        assertThat(arguments.number("seed", 1)).isEqualTo(7);
        assertThat(arguments.rest(String::toUpperCase, List.of())).containsExactly("A", "B");
        assertThat(arguments.next(String::toUpperCase, "none")).isEqualTo("none");
    }

    @Test
    void integer_ofAnotherText_namesTheArgument() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialArguments("many").integer("presences", 1))
                .withMessage("presences must be an integer: many");
    }
}

package io.presence.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of each refusal that a user may meet: it names the parameter as the caller wrote it. */
class WrongInputsTest {

    static Stream<WrongInput> inputs() {
        return Stream.of(
                        WrongValues.rows(),
                        WrongOptions.rows(),
                        WrongQueries.rows(),
                        WrongCalls.rows(),
                        WrongWritesOfUsers.rows())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    @Promise("errors-name-parameter")
    void anyMethod_withWrongInput_isRefusedInTheseWords(WrongInput input) {
        assertThatThrownBy(input.call()).isExactlyInstanceOf(input.type()).hasMessage(input.message());
    }

    @Test
    void inputs_always_areAtLeastAHundredAndDistinct() {
        assertThat(inputs().map(WrongInput::description))
                .hasSizeGreaterThanOrEqualTo(100)
                .doesNotHaveDuplicates();
    }
}

package dev.holdfast.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario's text, and what is wrong with one. */
class ScenarioReaderTest {

    private static final String STORY = """
            A title

            Why it matters,
            in two lines.

            nodes           a, b, c
            profile         careful
            decision maker  on c
            # not said
            guest           db on a, replicated every 3 s, may lose 10 s, 1 restart, 0 relocations

            at 0 s  power off a, b
               +1.9 s  a is suspect
              +11.4 s  a is fenced
                 real  a is fenced, not before 10 s
            at 12.5 s  guest switchover db --to c
                 nothing happens
            at 1 m  end
            """;

    @Test
    void itSaysWhatIsThereWhatIsDoneAndWhatHappens() {
        Scenario scenario = read(STORY);

        assertThat(scenario.name()).isEqualTo("story");
        assertThat(scenario.title()).isEqualTo("A title");
        assertThat(scenario.why()).isEqualTo("Why it matters, in two lines.");
        assertThat(scenario.setting().timing()).isEqualTo(Timing.CAREFUL);
        assertThat(scenario.setting().decisionMakerOn()).isEqualTo("c");
        assertThat(scenario.end()).isEqualTo(Duration.ofMinutes(1));
        assertThat(scenario.expectsAnything()).isTrue();
        CastGuest guest = scenario.guests().getFirst();
        assertThat(guest.startsOn()).isEqualTo("a");
        assertThat(guest.spec().replication().interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(guest.spec().maxDataLoss()).isEqualTo(Duration.ofSeconds(10));
        assertThat(guest.spec().restart().maxRestarts()).isEqualTo(1);
        assertThat(guest.spec().restart().maxRelocations()).isZero();
        Step pull = scenario.steps().getFirst();
        assertThat(pull.actions()).containsExactly(new Action.PowerOff("a"), new Action.PowerOff("b"));
        assertThat(pull.expected()).containsExactly(new Timed(19, "a is suspect"), new Timed(114, "a is fenced"));
        assertThat(pull.real()).containsExactly(new RealExpectation("a is fenced", Duration.ofSeconds(10)));
        assertThat(scenario.steps().getLast().actions())
                .containsExactly(new Action.Ask(new OperatorCommand.Switchover("db", "c")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "profile         careful | profile  quick     | line 7: profile 'quick': known profiles are fast, default, careful",
        "nodes           a, b, c | nodes  a, b, c, c   | story.txt: nodes is [a, b, c, c]; name each once",
        "decision maker  on c    | decision maker  on d | line 8: decision maker is 'on d'; it must be 'on' and one of",
        "1 restart,              | 1 reboot,           | line 10: guest db has '1 reboot'; it must be NAME [on NODE]",
        "every 3 s               | every 3             | line 10: replicated every is '3'; it must be a number and s, m or h",
        "power off a, b          | power off a, d      | line 12: node is 'd'; it must be one of those above: a, b, c",
        "power off a, b          | power of a          | line 12: command is 'power of a'; it must be 'power off NODES' or",
        "power off a, b          | fill pool of a to 101 % | line 12: a pool cannot be 101 % used; it must be",
        "switchover db           | switchover web      | line 16: guest is 'web'; it must be one of those above: db",
        "at 0 s                  | at 1 s              | line 12: the first command is at 1 s; it must be at 0 s",
        "at 12.5 s               | at soon             | line 16: a command is 'at soon  guest",
        "at 1 m  end             | at 5 s  end         | line 18: time is 5 s; it must not be before the command above, at 12.5 s",
        "at 1 m  end             | # no end            | story.txt: there is no end; the last line must be like 'at 60 s  end'",
        "+1.9 s                  | +1.95 s             | line 13: an expected line is '+1.95 s  a is suspect'; it must be like",
        "nothing happens         | something           | line 17: 'something' is nothing that may stand here",
    })
    void aMistakeNamesFileLineFieldAndValueAndWhatItMustBe(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(STORY.replace(right, wrong)))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("stories/story.txt");
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThatThrownBy(() -> read(STORY.replace("careful", "quick").replace("power off a, b", "power off d")))
                .hasMessageContaining("line 7")
                .hasMessageContaining("line 12");
    }

    @Test
    void everyCommandThatIsListedCanBeRead() {
        List<CastGuest> guests = List.of(new CastGuest(Guests.named("db"), null));
        for (Commands.Form form : Commands.forms()) {
            String command = form.written()
                    .replace("NODES", "a, b").replace("NODE", "a").replace("GUEST", "db").replace("COUNT", "2")
                    .replace("TIME", "2 s");
            assertThat(Commands.parse(command, List.of("a", "b"), guests)).as(command).isNotEmpty();
        }
    }

    @Test
    void whatIsExpectedOfRealProcessesLeavesOpenWhatIsTheirs() {
        RealExpectation either = RealExpectation.parse("db answers on b or c");
        assertThat(either.isTold("db answers on c")).isTrue();
        assertThat(either.isTold("db answers on c: well")).isTrue();
        assertThat(either.isTold("db answers on a")).isFalse();
        assertThat(either.isTold("db answers on bee")).isFalse();
        assertThat(RealExpectation.parse("a is fenced").isTold("a is fenced: b and c prove 11.2 s of silence")).isTrue();
    }

    private static Scenario read(String text) {
        return ScenarioReader.read("stories/story.txt", text.lines().toList());
    }
}

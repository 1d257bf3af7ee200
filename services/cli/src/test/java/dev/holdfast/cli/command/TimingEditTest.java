package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.node.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingEditTest {

    @Test
    void aProfileBringsAllOfItsValues() {
        assertThat(new TimingEdit(Timing.FAST).profile("careful").done()).isEqualTo(Timing.CAREFUL);
    }

    @Test
    void singleValuesGoOnTopOfTheProfileAndMakeItOnesOwn() {
        Timing timing = new TimingEdit(Timing.FAST).profile("default").set("lease=12s").set("rho=0.002").done();

        assertThat(timing.profile()).isEqualTo("own");
        assertThat(timing.lease()).isEqualTo(Duration.ofSeconds(12));
        assertThat(timing.wd()).isEqualTo(Timing.DEFAULT.wd());
        assertThat(timing.rho()).isEqualTo(0.002);
    }

    @Test
    void valuesThatAreThoseOfAProfileHaveItsName() {
        assertThat(new TimingEdit(new TimingEdit(Timing.FAST).set("lease=8s").done()).set("lease=7s").done())
                .isEqualTo(Timing.FAST);
    }

    @Test
    void whatCannotBeReadIsRefusedWithWhatCould() {
        TimingEdit edit = new TimingEdit(Timing.FAST);

        assertThatThrownBy(() -> edit.set("fast")).isInstanceOf(Failure.class).hasMessageContaining("--profile fast");
        assertThatThrownBy(() -> edit.set("leas=7s")).isInstanceOf(Failure.class)
                .hasMessageContaining("no value 'leas'").hasMessageContaining("beat, lease, wd, feed, margin and rho");
        assertThatThrownBy(() -> edit.set("lease=7")).isInstanceOf(Failure.class).hasMessageContaining("500ms or 5s");
        assertThatThrownBy(() -> edit.set("rho=x")).isInstanceOf(Failure.class).hasMessageContaining("0.001");
        assertThatThrownBy(() -> edit.profile("quick")).isInstanceOf(Failure.class)
                .hasMessageContaining("fast, default, careful");
    }
}

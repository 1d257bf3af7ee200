package dev.holdfast.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnpackedCodeTest {

    @Test
    void nothingThatWasUnpackedIsLeftBehind() throws IOException {
        UnpackedCode.loadAndRemove();

        assertThat(UnpackedCode.mapped()).isEmpty();
    }

    @Test
    void whatIsLoadedAlreadyIsNoTrouble() throws IOException {
        UnpackedCode.loadAndRemove();
        UnpackedCode.loadAndRemove();

        assertThat(UnpackedCode.mapped()).isEmpty();
    }
}
